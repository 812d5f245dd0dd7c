"""What students see on their own computer besides marks: hints, pictures, and the page of the last run."""
