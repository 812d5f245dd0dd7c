import numpy as np

def circular_correlation(x, y):
    """theorem: DFT(z) = conj(DFT(x)) * DFT(y)"""
    z = np.fft.irfft(np.conj(np.fft.rfft(x)) * np.fft.rfft(y))
    return np.real(z)

def dz_dx(x, y, k, i):
    return "y[(i + k) mod n]"

def dz_dy(x, y, k, i):
    return "x[(i - k + n) mod n]"

def jacobian_x(x, y):
    # row k is y rolled to the left by k
    return np.array([np.roll(y, -k) for k in range(len(y))])

def jacobian_y(x, y):
    return np.array([np.roll(x, k) for k in range(len(x))])

def vjp(x, y, v):
    Jx, Jy = jacobian_x(x, y), jacobian_y(x, y)
    assert Jx.shape == Jy.shape == (len(v), len(v))
    return Jx.T @ v, Jy.T @ v
