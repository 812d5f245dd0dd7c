import numpy as np


class Flatten:
    @staticmethod
    def forward(x):
        return np.array([[*image.flat] for image in x])

    @staticmethod
    def backward(dy, x):
        return np.array(dy, order="C").reshape(x.shape)


class Linear:
    @staticmethod
    def forward(x, w, b):
        # the bias is the weight of an input that is always 1
        return np.c_[x, np.ones(len(x))] @ np.c_[w, b].T

    @staticmethod
    def backward(dy, x, w):
        both = dy.T @ np.c_[x, np.ones(len(x))]
        return dy @ w, both[:, :-1], both[:, -1]
