import numpy as np
from numpy.fft import fft, ifft

def circular_correlation(x, y):
    return ifft(np.conj(fft(np.asarray(x, float))) * fft(np.asarray(y, float))).real

def dz_dx(x, y, k, i): return "y[(i + k) mod n]"
def dz_dy(x, y, k, i): return "x[(i - k + n) mod n]"
def jacobian_x(x, y):
    return np.asarray(np.matrix([np.roll(y, -k) for k in range(len(y))]))
def jacobian_y(x, y): return "x[(n + i - k) mod n]"

def vjp(x, y, v):
    # z = corr(x, y): x_bar[i] = sum_k v[k] y[i+k] = corr(v, y)[i];  y_bar[j] = sum_k v[k] x[j-k]  (a convolution)
    x_bar = circular_correlation(v, y)
    y_bar = ifft(fft(np.asarray(v, float)) * fft(np.asarray(x, float))).real
    return x_bar, y_bar
