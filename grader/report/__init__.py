"""Everything that people read about results: tables, Markdown and HTML pages, made from results alone.

A new format is a module here; it imports neither pytest nor the sandbox.
"""
