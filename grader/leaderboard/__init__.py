"""Predictions of a class, scored on labels that stay with staff: public and private part, history, ranks."""
