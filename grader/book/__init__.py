"""The book of a class: an append-only history, the rubric's rules, and the marks that follow from both.

`history` and `database` store what was recorded, by whom and why; `settling` applies the rules; `final_mark` is the
result of `marks`.
"""
