"""The trusted end of the jail: what works on this machine, warm processes, limits, and why a worker ended.

Everything that a worker sends is hostile here; `grader.worker` is the other end.
"""
