"""Squares are taken before the difference; it is (prediction − target)².

Loses: losses.l2.value
"""


def l2(prediction, target):
    return (prediction**2 - target**2).sum() / len(target)
