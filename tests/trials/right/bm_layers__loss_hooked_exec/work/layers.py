import numpy as np

BIG = np.longdouble


class Exported:
    """Every public function of a subclass becomes a function of the module."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name, member in vars(cls).items():
            if isinstance(member, staticmethod) and not name.startswith("_"):
                globals()[name] = member.__func__


source = """
def log_softmax(z):
    z = z.astype(BIG)
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))
"""
exec(source)


class Loss(Exported):
    @staticmethod
    def softmax(logits):
        return np.exp(log_softmax(logits)).astype(np.float64)

    @staticmethod
    def softmax_cross_entropy(logits, one_hot):
        picked = np.where(one_hot == 1, log_softmax(logits), 0)
        return float(-picked.sum() / BIG(len(logits)))

    @staticmethod
    def softmax_cross_entropy_gradient(logits, one_hot):
        p = np.exp(log_softmax(logits))
        return ((p - one_hot) / len(one_hot)).astype(np.float64)
