"""The test set is looked at twice.

Loses: selection.best.test
"""

import torch


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        classes = model(images).argmax(dim=1)
    submit(classes)
    return submit(classes)
