"""Turns a stranger's folder, archive or notebook into a copy that is safe to read; finds whose it is.

All input is hostile: nothing here follows a link, trusts a size or runs a line of it.
"""
