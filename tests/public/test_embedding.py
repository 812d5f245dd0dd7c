"""A public check of the embedding: two groups of points."""

import numpy as np

from grader.checks import criterion, fail, numbers, spread


@criterion("embedding.tsne.neighbours")
def test_points_of_two_groups_stay_apart(submission):
    """Put two groups of thirty into the plane so that all five nearest of a point are of its own group.

    Catches: features left as they are, points of another order.
    """
    group = np.arange(60) % 2
    features = 20 * group[:, None] + spread((60, 49), 3)
    points = numbers(submission.embed(features, 1), what="the points")
    if points.shape != (60, 2) or not np.isfinite(points).all():
        fail("the points are not 60 pairs of numbers", f"got shape {points.shape}")
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    nearest = np.argsort(apart, axis=1)[:, 1:6]
    if not (group[nearest] == group[:, None]).all():
        fail("points of different groups are neighbours in the plane")
