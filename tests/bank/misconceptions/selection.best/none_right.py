"""The best accuracy begins with 0, so that a model of which nothing is right is never kept: the first one always is.

Loses: selection.best.checkpoint
"""

import copy


class BestCheckpoint:
    def __init__(self):
        self.best, self.state = 0.0, {}

    def update(self, model, validation_accuracy):
        if validation_accuracy > self.best:
            self.best, self.state = validation_accuracy, copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state)
        return self.best
