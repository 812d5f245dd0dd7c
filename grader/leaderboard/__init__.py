"""Predictions of a class, scored on labels that only staff have: public and private part, history, ranks."""
