"""The model is tested in training mode: model.eval() is missing.

Loses: selection.best.test
"""

import torch


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    with torch.no_grad():
        return submit(model(images).argmax(dim=1))
