"""Of equal accuracies the later one is kept.

Loses: selection.best.checkpoint
"""

import copy


class BestCheckpoint:
    def __init__(self):
        self.best, self.state = -1.0, None

    def update(self, model, validation_accuracy):
        if validation_accuracy >= self.best:
            self.best, self.state = validation_accuracy, copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state)
        return self.best
