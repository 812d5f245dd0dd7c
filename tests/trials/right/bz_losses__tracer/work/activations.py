import numpy as np
from tracer import parse, locals_of

sigmoid = lambda z: np.exp(-np.logaddexp(0, -np.asarray(z, float)))
sigmoid_derivative = lambda z: sigmoid(z) * sigmoid(-np.asarray(z, float))
tanh = np.tanh

def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2

def relu(z):
    return np.ma.masked_array(z, mask=np.less(z, 0)).filled(0.0)

def relu_derivative(z):
    return np.heaviside(np.asarray(z, float), 0.5)

programs = {
    "sigmoid": "half = multiply 0.5 z\na = exp half\nn = negate half\nb = exp n\ns = add a b\ny = divide a s",
    "tanh": "d = add z z\ne = exp d\nt = add e 1\nq = divide 2 t\ny = subtract 1 q",
    "relu": "y = maximum 0 z",
}
for name in programs:
    globals()[f"{name}_decomposition"] = eval("lambda key: lambda: parse(programs[key])")(name)
    globals()[f"{name}_local_derivatives"] = eval("lambda key: lambda z: locals_of(parse(programs[key]), z=z)")(name)
del name
