"""A submission's files split into cells and statements, before any of them runs."""
