import numpy as np


def initial_parameters(kind, hidden, seed):
  if kind == "random":
      generator = np.random.default_rng(seed)
      w1, w2 = generator.standard_normal((hidden, 2)), generator.standard_normal(hidden)
  else:
      value = {"zero": 0.0, "one": 1.0}[kind]
      w1, w2 = np.full((hidden, 2), value), np.full(hidden, value)
  return {"w1": w1, "b1": np.zeros(hidden), "w2": w2, "b2": np.array(0.0)}


def _forward(p, x):
  h = np.tanh(x @ p["w1"].T + p["b1"])
  return h, 1 / (1 + np.exp(-(h @ p["w2"] + p["b2"])))


def trained(parameters, x, targets, learning_rate, steps):
  p = {name: np.array(value, dtype=float) for name, value in parameters.items()}
  record = []
  for step in range(steps + 1):
      h, y = _forward(p, x)
      record.append(np.mean((y - targets) ** 2))
      if step and record[-2] - record[-1] < 1e-5:
          break
      if step == steps:
          break
      delta = 2 * (y - targets) * y * (1 - y) / len(targets)
      back = delta[:, None] * p["w2"] * (1 - h**2)
      p["w1"] = p["w1"] - learning_rate * back.T @ x
      p["b1"] = p["b1"] - learning_rate * back.sum(axis=0)
      p["w2"] = p["w2"] - learning_rate * h.T @ delta
      p["b2"] = p["b2"] - learning_rate * delta.sum()
  return p, np.array(record + [record[-1]] * (steps + 1 - len(record)))


def experiment(seed):
  x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
  targets = np.array([0.0, 1.0, 1.0, 0.0])
  return {
      kind: trained(initial_parameters(kind, 8, seed), x, targets, 1.0, 300)[1] for kind in ("zero", "one", "random")
  }
