"""FFT solution. z = ifft(conj(X) * Y), because sum_i x[i] y[i+k] is the correlation theorem."""
from __future__ import annotations
import numpy as np

__all__ = []

def exported(name):
    def wrap(f):
        globals()[name] = f
        __all__.append(name)
        return f
    return wrap

class Signals:
    def __init__(self, x, y):
        self.x = np.array(x, dtype=np.longdouble).astype(float)   # own copies
        self.y = np.array(y, dtype=float)
        self.n = self.x.size

    @property
    def spectra(self):
        return np.fft.fft(self.x), np.fft.fft(self.y)

    def z(self):
        X, Y = self.spectra
        return np.real(np.fft.ifft(X.conj() * Y))

    def row(self, k):
        """row k of both Jacobians"""
        return np.roll(self.y, -k), np.roll(self.x, k)

for _which in (0, 1):
    def _coefficient(x, y, k, i, _which=_which) -> float:
        return float(Signals(x, y).row(k)[_which][i])

    def _jacobian(x, y, _which=_which):
        s = Signals(x, y)
        return np.stack([s.row(k)[_which] for k in range(s.n)])

    exported("dz_d" + "xy"[_which])(_coefficient)
    exported(f"jacobian_{'xy'[_which]}")(_jacobian)

@exported("circular_correlation")
def _(x, y):
    return Signals(x, y).z()

@exported("vjp")
def _(x, y, v):
    s = Signals(x, y)
    X, Y = s.spectra
    V = np.fft.fft(np.asarray(v, dtype=float))
    x_bar = np.fft.ifft(V.conj() * Y).real
    y_bar = np.fft.ifft(V * X).real
    return x_bar, y_bar
