"""The model with the lowest validation accuracy is kept, as if it were a loss: the highest is best.

Loses: selection.best.checkpoint
"""

import copy


class BestCheckpoint:
    def __init__(self):
        self.best, self.state = None, {}

    def update(self, model, validation_accuracy):
        if self.best is None or validation_accuracy < self.best:
            self.best, self.state = validation_accuracy, copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state)
        return self.best
