"""The jailed end: reads a submission and runs it, confined, for the checks on the other side.

The jail contains only this folder of `grader`: besides installed packages, modules here import only their neighbours.
The other end never trusts what they send.
"""
