"""What students receive: the kit of an assignment, its notebook, and solutions after the deadline.

`cells`, and everything that it imports, runs on students' computers.
"""
