"""The model is tested with the weights that it happens to have: load the best ones.

Loses: selection.best.test
"""

import torch


def final_test(model, state, images, submit):
    model.eval()
    with torch.no_grad():
        return submit(model(images).argmax(dim=1))
