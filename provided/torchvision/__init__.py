"""Stands in for torchvision where there is none: its MNIST, as arrays of NumPy, and nothing else."""

from torchvision import datasets, transforms

__all__ = ["datasets", "transforms"]
