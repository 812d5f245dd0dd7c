import math

NAMES = "w1_11 w1_12 w1_21 w1_22 w2_11 w2_12".split()


def σ(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def gradients(x, targets, weights):
    total = dict.fromkeys(NAMES, 0.0)
    for (x_1, x_2), t in zip(x, targets):
        h_1 = math.tanh(weights["w1_11"] * x_1 + weights["w1_12"] * x_2)
        h_2 = math.tanh(weights["w1_21"] * x_1 + weights["w1_22"] * x_2)
        y = σ(weights["w2_11"] * h_1 + weights["w2_12"] * h_2)
        δ = 2 * (y - t) * y * (1 - y)
        δ_1 = δ * weights["w2_11"] * (1 - h_1**2)
        δ_2 = δ * weights["w2_12"] * (1 - h_2**2)
        here = {"x_1": x_1, "x_2": x_2, "h_1": h_1, "h_2": h_2, "δ": δ, "δ_1": δ_1, "δ_2": δ_2}
        for name, formula in zip(NAMES, ["δ_1 * x_1", "δ_1 * x_2", "δ_2 * x_1", "δ_2 * x_2", "δ * h_1", "δ * h_2"]):
            total[name] += eval(formula, {}, here)
    return {name: value / len(targets) for name, value in total.items()}


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    new = weights.copy()
    for name in new:
        new[name] = new[name] - learning_rate * slopes[name]
    print("gradient:", slopes)
    return new
