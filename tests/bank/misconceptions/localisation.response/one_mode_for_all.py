"""The mode of the features as a whole is put back into all of their layers; each has its own, and one may have been in another.

Loses: localisation.response.untouched
"""

import torch


def response_map(features, fc, images):
    training = features.training
    maps = features.eval()(images)
    features.train(training)
    return _at_each_place(fc, maps)
