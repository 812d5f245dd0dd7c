"""What the course lends for experiments: images to train on (`images`, `datasets`) and run logs (`runlog`)."""
