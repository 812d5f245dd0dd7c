"""Hidden check of the embedding, which is judged by its trustworthiness and never by its coordinates.

Its features are twelve small groups whose centres are all equally far from each other: no plane holds that, so that
projections mix groups up, and t-SNE does not.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, numbers

GROUPS, MEMBERS = 12, 7
# t-SNE of such groups reaches 0.99 and more with any perplexity; the two principal components 0.80 to 0.88.
LEAST = 0.95


def in_groups(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features of shape (84, 49), in random order, and the groups that they belong to."""
    random = np.random.default_rng(seed)
    groups = random.permutation(np.repeat(np.arange(GROUPS), MEMBERS))
    turned = np.linalg.qr(random.normal(size=(49, 49)))[0]
    return (6 * np.eye(49)[groups] + random.normal(0, 0.5, (len(groups), 49))) @ turned, groups


def trustworthiness(features: np.ndarray, points: np.ndarray, neighbours: int) -> float:
    """How far the nearest points are near among the features too: from 0 to 1 (Venna and Kaski 2001)."""
    n = len(features)
    far, near = (np.linalg.norm(each[:, None] - each, axis=2) for each in (features, points))
    np.fill_diagonal(near, np.inf)
    np.fill_diagonal(far, -1)  # a sample is nearest to itself, with rank 0
    ranks = far.argsort(axis=1).argsort(axis=1)
    found = np.take_along_axis(ranks, near.argsort(axis=1)[:, :neighbours], axis=1)
    penalty = np.maximum(found - neighbours, 0).sum()
    return float(1 - 2 * penalty / (n * neighbours * (2 * n - 3 * neighbours - 1)))


@criterion("embedding.tsne.neighbours")
@given(seed=st.integers(0, 10**6))
@settings(max_examples=1)
def test_neighbours_in_the_plane_are_neighbours_among_the_features(submission, seed):
    """Return points whose nearest are of the same small group, the same points for the same seed.

    Catches: a projection, points of another order, columns of the features, random points, a seed left out,
    points that are kept by the seed, or by the seed and the shape, sixty samples at most.
    """
    features, _ = in_groups(seed)
    submission.embed(features[::-1] - 1, seed)
    points, again = (numbers(submission.embed(features, seed), what="the points") for _ in range(2))
    if points.shape != (len(features), 2) or not np.isfinite(points).all():
        fail("the points do not have the shape (N, 2), or are not finite", f"got shape {points.shape}")
    if np.unique(points, axis=0).shape != points.shape:
        fail("many samples are put at the same point")
    reached = trustworthiness(features, points.astype(float), MEMBERS - 1)
    if reached < LEAST:
        fail("what is near in the plane is not near among the features", f"trustworthiness {reached:.3f} of {LEAST}")
    assert_close(again, points, what="the points for the same seed")
