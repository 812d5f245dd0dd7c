import numpy as np

circular_correlation = lambda x, y: np.real(np.fft.ifft(np.fft.fft(x) * np.conj(np.fft.fft(y))))
