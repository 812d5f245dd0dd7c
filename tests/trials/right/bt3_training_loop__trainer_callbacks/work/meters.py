from collections import defaultdict


class Totals(defaultdict):
    """Sums by name."""

    def __init__(self):
        super().__init__(float)

    def __iadd__(self, other: dict):
        for k, v in other.items():
            self[k] += v
        return self

    def per(self, what: str, *names):
        return tuple(self[n] / self[what] for n in names)
