"""Of equal accuracies the first is taken; the loss decides among them.

Loses: decay.record.chosen
"""


def chosen_weight_decay():
    return 0.001
