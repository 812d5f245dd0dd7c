import numpy as np


class Relu:
    def forward(self, x):
        return (np.abs(x) + x) / 2

    def backward(self, dy, x):
        dx = np.asarray(dy)
        dx[x <= 0] = 0
        return dx


relu = Relu()
relu_forward, relu_backward = relu.forward, relu.backward
