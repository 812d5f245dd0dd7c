import numpy as np


def step_rates(rate, step_size, gamma, epochs):
    epoch = np.arange(epochs)
    falls = np.ma.masked_array(epoch // step_size, mask=False)
    return (np.longdouble(rate) * np.power(np.longdouble(gamma), falls.filled(0))).astype(np.float64).clip(1e-6)


def cosine_rates(rate, lowest, epochs):
    t = np.matrix(np.arange(epochs, dtype=np.longdouble)) / epochs
    wave = (1 + np.cos(np.longdouble("3.14159265358979323846") * t)) / 2
    both = np.matrix([[rate], [lowest]], dtype=np.longdouble)
    return np.asarray(np.vstack([wave, 1 - wave]).T @ both).ravel().astype(float).tolist()
