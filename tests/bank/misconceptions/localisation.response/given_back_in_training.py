"""Features and dense layer are put into training mode in any case; give them back in the mode in which they came.

Loses: localisation.response.untouched
"""

import torch


def response_map(features, fc, images):
    maps = features.eval()(images)
    features.train()
    return _at_each_place(fc, maps)
