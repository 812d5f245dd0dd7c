import numpy as np

EPS = 1e-3

relu_forward = lambda x: np.where(x > 0, x, 0)
# derivative from the smoothed step, clipped
relu_backward = lambda dy, x: dy * np.clip(x / EPS, 0, 1)
