"""What students get: a folder that works alone on their machine."""
