"""Learning platforms: what names and files in their exports say about who handed in what, when, and how often."""
