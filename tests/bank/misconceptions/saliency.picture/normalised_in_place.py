"""The maps are changed in place: leave the argument as it was.

Loses: saliency.picture.normalised
"""

def normalise(maps):
    for each in maps:
        each -= each.min()
        each /= each.max().clamp(min=1e-12)
    return maps
