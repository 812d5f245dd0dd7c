"""Small things that several of my optimizers need."""

import numpy as np


def blend(old, new, keep):
    """keep * old + new"""
    return keep * old + new


def scaled(step, squares, epsilon):
    return step / (np.sqrt(squares) + epsilon)
