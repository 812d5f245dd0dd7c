from functools import partial, reduce
import numpy as np

def _through(x, *steps):
    return reduce(lambda value, step: step(value), steps, x)

def _steps(parameters, layers):
    conv = lambda n: partial(layers["conv_forward"], w=parameters[f"w{n}"], b=parameters[f"b{n}"])
    return conv(1), layers["relu_forward"], layers["pool_forward"], conv(2), layers["relu_forward"], layers["pool_forward"]

def activation_maps(parameters, image, layers):
    # partial with keywords may not suit other layers: call them by position
    c1 = layers["conv_forward"](image[None, None], parameters["w1"], parameters["b1"])
    a1 = layers["relu_forward"](c1)
    c2 = layers["conv_forward"](layers["pool_forward"](a1), parameters["w2"], parameters["b2"])
    return a1[0], c2[0]

def bottleneck(parameters, x, layers):
    f = lambda n: (lambda v: layers["conv_forward"](v, parameters[f"w{n}"], parameters[f"b{n}"]))
    return _through(x, f(1), layers["relu_forward"], layers["pool_forward"], f(2), layers["relu_forward"],
                    layers["pool_forward"],
                    lambda v: np.moveaxis(v, 1, 3).reshape(len(v), -1) @ parameters["w3"].T + parameters["b3"])
