"""Our networks."""
