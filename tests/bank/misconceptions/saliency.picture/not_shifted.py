"""Maps are divided by their largest number and not shifted: the least is to be 0.

Loses: saliency.picture.normalised
"""

def normalise(maps):
    flat = maps.flatten(start_dim=1)
    return (flat / flat.amax(dim=1, keepdim=True).clamp(min=1e-12)).reshape(maps.shape)
