"""pytest as a student runs it (`entry`) and as the grader does (`runner`).

Only `compat` may use private names of pytest and hypothesis.
"""
