"""What a person marks: files and text that were handed in, marks that were entered, attachments of checks."""
