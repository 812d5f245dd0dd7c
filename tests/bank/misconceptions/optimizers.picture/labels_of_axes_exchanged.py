"""The labels of the axes are exchanged.

Loses: optimizers.picture.legend
"""

_labelled = _draw_contours


def _draw_contours(axes, points):
    _labelled(axes, points)
    axes.set(xlabel="y", ylabel="x")
