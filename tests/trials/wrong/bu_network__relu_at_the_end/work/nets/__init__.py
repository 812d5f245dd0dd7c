"""My network helpers."""
