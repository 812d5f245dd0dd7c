"""The saboteurs of an audit, one module for each kind of mistake; each fits over any function."""
