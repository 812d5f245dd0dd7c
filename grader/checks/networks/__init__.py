"""Networks, batches, loaders and optimizers that checks pass to students' functions, as descriptions."""
