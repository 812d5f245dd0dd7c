"""A map of zeros becomes nan, 0/0: look at what you divide by.

Loses: saliency.picture.normalised, saliency.picture.images
"""

def normalise(maps):
    flat = maps.flatten(start_dim=1)
    flat = flat - flat.amin(dim=1, keepdim=True)
    return (flat / flat.amax(dim=1, keepdim=True)).reshape(maps.shape)
