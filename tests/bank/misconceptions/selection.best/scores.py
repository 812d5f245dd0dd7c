"""The scores are handed in: the class with the largest score is asked for.

Loses: selection.best.test
"""

import torch


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        return submit(model(images))
