"""Publishing marks and feedback: files that a learning platform imports, and the list of what it would skip."""
