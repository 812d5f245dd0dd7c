"""Comparing answers: values, kinds of values, random draws, and two programs that answer alike."""
