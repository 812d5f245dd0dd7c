"""A student's program: which statements run, what they may import, and how its functions are called."""
