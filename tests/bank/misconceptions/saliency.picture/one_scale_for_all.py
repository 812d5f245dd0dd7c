"""One scale is used for all maps of the batch: each has its own.

Loses: saliency.picture.normalised
"""

def normalise(maps):
    return (maps - maps.min()) / (maps.max() - maps.min()).clamp(min=1e-12)
