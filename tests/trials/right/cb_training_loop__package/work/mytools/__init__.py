"""My tools."""
