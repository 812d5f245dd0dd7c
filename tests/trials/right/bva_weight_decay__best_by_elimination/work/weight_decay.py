from dataclasses import dataclass, field
from records import rows_of


@dataclass
class Run:
    weight_decay: float
    rows: list = field(default_factory=list)

    @property
    def last(self):
        return max(self.rows, key=lambda row: row["epoch"])


def best_weight_decay(record):
    runs = {}
    for row in rows_of(record):
        runs.setdefault(row["weight_decay"], Run(row["weight_decay"])).rows.append(row)
    best, *others = runs.values()
    for run in others:
        a, b = run.last, best.last
        if a["validation_accuracy"] > b["validation_accuracy"]:
            best = run
        elif a["validation_accuracy"] == b["validation_accuracy"] and a["validation_loss"] < b["validation_loss"]:
            best = run
    return best.weight_decay
