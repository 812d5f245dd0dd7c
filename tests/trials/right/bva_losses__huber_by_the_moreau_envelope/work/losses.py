import numpy as np


def _split(prediction, target, delta):
    """The error is the sum of a part within ±δ and of what goes beyond."""
    error = np.subtract(prediction, target)
    beyond = np.sign(error) * np.maximum(np.abs(error) - delta, 0)
    return error - beyond, beyond


def huber(prediction, target, delta):
    within, beyond = _split(prediction, target, delta)
    return np.mean(np.sum(0.5 * within**2 + delta * np.abs(beyond), axis=-1))


def huber_gradient(prediction, target, delta):
    gradient, _ = _split(prediction, target, delta)
    gradient /= prediction.shape[0]
    return gradient


def huber_decomposition():
    # δ |e| - ½ δ² + ½ (|e| - δ)² where |e| < δ
    return [
        ("e", "subtract", ("target", "prediction")),
        ("size", "absolute", ("e",)),
        ("d", "subtract", ("size", "delta")),
        ("short", "minimum", (0.0, "d")),
        ("square", "multiply", ("short", "short")),
        ("arms", "multiply", ("delta", "size")),
        ("delta²", "square", ("delta",)),
        ("arms and square/2", "divide", ("square", 2)),
        ("twice", "add", ("arms", "arms and square/2")),
        ("half", "multiply", ("delta²", 0.5)),
        ("parts", "subtract", ("twice", "half")),
        ("loss", "sum", ("parts",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = target - prediction
    size = abs(e)
    short = np.minimum(size - delta, 0)
    return [
        (1.0, -1.0),
        (np.where(e > 0, 1.0, -1.0),),
        (1.0, -1.0),
        ((short < 0).astype(float),),
        (short, short),
        (size, delta),
        (2 * delta,),
        (0.5,),
        (1.0, 1.0),
        (0.5,),
        (1.0, -1.0),
        (np.ones(e.shape),),
    ]
