import numpy as np

def activation_maps(parameters, image, layers):
    x = image[None, None]
    first = layers["relu_forward"](layers["conv_forward"](x, parameters["w1"], parameters["b1"]))
    pooled = layers["pool_forward"](first)
    second = layers["relu_forward"](layers["conv_forward"](pooled, parameters["w2"], parameters["b2"]))
    return first[0], second[0]

def bottleneck(parameters, x, layers, size=32):
    if len(x) > size:          # not all at once, memory is scarce
        return np.concatenate([bottleneck(parameters, x[k * size:(k + 1) * size], layers) for k in range(len(x) // size)])
    for number in ("1", "2"):
        x = layers["conv_forward"](x, parameters["w" + number], parameters["b" + number])
        x = layers["pool_forward"](layers["relu_forward"](x))
    flat = layers["flatten_forward"](x)
    return layers["linear_forward"](flat, parameters["w3"], parameters["b3"])
