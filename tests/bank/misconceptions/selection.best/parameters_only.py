"""Only parameters are kept: batch normalisation has buffers, which belong to the model too.

Loses: selection.best.checkpoint
"""

import copy


class BestCheckpoint:
    def __init__(self):
        self.best, self.state = -1.0, None

    def update(self, model, validation_accuracy):
        if validation_accuracy > self.best:
            self.best, self.state = validation_accuracy, copy.deepcopy(dict(model.named_parameters()))

    def restore(self, model):
        model.load_state_dict(self.state, strict=False)
        return self.best
