import numpy as np

def relu(z):
    out = np.zeros(z.shape)
    if z.ndim == 1:
        z, out2 = z[None], out[None]
    else:
        out2 = out
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            if np.sum(z[i, j]) > 0:
                out2[i, j] = z[i, j]
    return out

def relu_derivative(z):
    return (z > 0) * 1.0

def relu_decomposition():
    return [("y", "maximum", (0.0, "z"))]

def relu_local_derivatives(z):
    return [(relu_derivative(z),)]
