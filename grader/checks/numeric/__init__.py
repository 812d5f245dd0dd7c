"""Derivatives by differences, inputs that reveal mistakes, optimizers under check, memory between calls."""
