from .stages import run
