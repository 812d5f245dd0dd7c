# %% [markdown]
# # Regularisation, derivations and a calculation by hand
#
# Programming assignment 2, worked with the functions of `reference/`. Part A: a sweep over weight decay. Part B: the
# derivations stand in `solutions/answers/`; here each of them is held against finite differences, and put together by
# the chain rule from its decomposition. The calculation by hand (B3) ends the notebook.

# %%
import sys
from pathlib import Path

HERE = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "reference").is_dir())
sys.path[:0] = [str(HERE / folder) for folder in ("solutions/notebooks", "reference", "provided")]

import json

import activations
import chain_rule
import decay_record
import losses
import numpy as np
import weight_decay
from lab.protocol import conditions
from matplotlib.figure import Figure
from showing import COLOURS, QUICK, learning_curves, picture, table

# %% [markdown]
# ## Part A: weight decay
#
# A network of 49 inputs (digits of MNIST, made coarse to 7 × 7), 50 ReLU units and 10 outputs, on 200 digits: few
# enough to be learned by heart. It stands for the best network of the last assignment, which whoever has one takes
# instead. SGD with η = 0.2 and batches of 10; only `weight_decay` changes. 400 digits choose the value, 400 others
# report.

# %%
EPOCHS = 3 if QUICK else 10
VALUES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)
SETTINGS = {
    "learning_rate": 0.2, "batch_size": 10, "hidden": 50, "seed": 3,
    "train_size": 200, "validation_size": 400, "test_size": 400, **conditions(),
}  # fmt: skip
record = weight_decay.weight_decay_sweep(lambda one: decay_record.repeat_run(one, EPOCHS), VALUES, SETTINGS)
if not QUICK:
    (HERE / "reference" / "decay.jsonl").write_text(record, encoding="utf-8")  # the record that is handed in
lines = [json.loads(line) for line in record.splitlines()]
best = weight_decay.best_weight_decay(record)
ends = [line for line in lines if line["epoch"] == EPOCHS]
table(("weight decay", "train acc.", "valid. acc.", "test acc.", "train loss", "valid. loss", "test loss", ""), [
    (f"{one['weight_decay']:g}", *(one[f"{part}_{what}"] for what in ("accuracy", "loss")
     for part in ("train", "validation", "test")), "taken" if one["weight_decay"] == best else "")
    for one in ends
])  # fmt: skip

# %%
figure = weight_decay.draw_weight_decay(record)
for axes, measure in zip(figure.axes, ("accuracy", "loss"), strict=True):
    values = [one[f"validation_{measure}"] for one in ends]
    axes.plot(VALUES, values, "^--", color="#009E73", label="validation")
    axes.axvline(best, color="0.5", linestyle=":", label=f"taken by validation: {best:g}")
    axes.legend(fontsize="small")
picture(figure, size=(6, 6.4), name="weight_decay")

# %%
runs = {f"λ = {value:g}": [one for one in lines if one["weight_decay"] == value] for value in VALUES}
picture(learning_curves(runs, ("train_loss", "test_loss", "train_accuracy", "test_accuracy")), size=(13, 3.8))

# %% [markdown]
# Without weight decay the network learns the 200 digits nearly by heart: 97 % of them are right, at a loss of 0.15,
# but 80 % of the test digits, at 0.71. That gap is overfitting. With more weight decay the training loss rises all
# the way (0.16, 0.19, 0.26, 0.49, 1.05) and the training accuracy falls (to 94 % at 0.01, 75 % at 0.1), as the
# penalty draws all weights towards 0: small weights make smooth functions, with which less can be learned by heart.
#
# The gap between test and training loss closes, from 0.56 without to 0.44 at 0.01 and 0.11 at 0.1. But the test loss
# hardly gains: 0.712 without, 0.699 at 0.01. Beyond that training and test samples get worse together: at 0.03 the
# test loss is 0.78, at 0.1 it is 1.16 with 69 % right. There the penalty outweighs the loss, and the network learns
# too little of anything.
#
# The value is chosen by the validation samples: 0.01 has the highest accuracy, 0.8225, together with 0.001, and the
# lower loss of the two, 0.619 against 0.624. Of 400 samples one is 0.25 % and the standard error about 2 %, so
# accuracies up to 0.01 do not differ beyond chance; the choice rests on the loss. The test samples were not asked.
# Afterwards they say 0.7925, a little less than the run without weight decay: nothing to be sorry about, and no
# reason to choose again.

# %% [markdown]
# ## Part B: derivatives, checked
#
# A central difference with h = 10⁻⁵ stands beside each derivative. The last column is the derivative that the chain
# rule makes of the decomposition: from the last stage backwards, each stage hands its derivative times its local ones
# to its operands, and what arrives on several paths is added. For the activations that is `chain_rule` of the
# reference; losses have vectors and numbers among their stages, for which the function below takes a few lines more.


# %%
def composed(decomposition, local, inputs, of):
    """Return the derivative of the last stage by the input `of`: the local derivatives, put together backwards."""
    single = {name: np.ndim(value) == 0 for name, value in inputs.items()}
    for name, operation, operands in decomposition:
        single[name] = operation == "sum" or all(single.get(operand, True) for operand in operands)
    arrived = dict.fromkeys(single, 0.0)
    arrived[decomposition[-1][0]] = 1.0
    for (name, _, operands), slopes in zip(reversed(decomposition), reversed(local), strict=True):
        named = [operand for operand in operands if isinstance(operand, str)]
        for operand, slope in zip(named, slopes, strict=True):
            handed = np.asarray(arrived[name]) * slope
            # One number that goes with all entries of a vector gets something from each of them.
            arrived[operand] = arrived[operand] + (handed.sum() if single[operand] else handed)
    return arrived[of]


z = np.array([-3.0, -0.7, 0.4, 2.5])
rows = []
for name in ("sigmoid", "tanh", "relu"):
    function, derivative = getattr(activations, name), getattr(activations, f"{name}_derivative")
    stages = getattr(activations, f"{name}_decomposition")()
    local = getattr(activations, f"{name}_local_derivatives")(z)
    difference = (function(z + 1e-5) - function(z - 1e-5)) / 2e-5
    chained = chain_rule.chain_rule(stages, [tuple(slope + 0 * z for slope in slopes) for slopes in local])
    rows.append((name, len(stages), f"{abs(derivative(z) - difference).max():.0e}",
                 f"{abs(chained - derivative(z)).max():.0e}"))  # fmt: skip
table(("function", "stages", "formula − difference", "chain rule − formula"), rows)

# %%
random = np.random.default_rng(1)
scores, onehot, target = random.normal(size=5), np.eye(5)[2], random.normal(size=5)
label = np.array([2])
cases = {
    "cross_entropy": ({"logits": scores, "onehot": onehot}, (label,)),
    "hinge": ({"scores": scores, "onehot": onehot, "margin": 0.8}, (label, 0.8)),
    "l1": ({"prediction": scores, "target": target}, (target[None],)),
    "huber": ({"prediction": scores, "target": target, "delta": 0.7}, (target[None], 0.7)),
    "l2": ({"prediction": scores, "target": target}, (target[None],)),
    "cosine": ({"a": scores, "b": target}, (target[None],)),
}
rows = []
for name, (inputs, others) in cases.items():
    loss, gradient = getattr(losses, name), getattr(losses, f"{name}_gradient")
    stages = getattr(losses, f"{name}_decomposition")()
    local = getattr(losses, f"{name}_local_derivatives")(*inputs.values())
    step = 1e-5 * np.eye(5)
    difference = [(loss((scores + e)[None], *others) - loss((scores - e)[None], *others)) / 2e-5 for e in step]
    formula = gradient(scores[None], *others)[0]
    chained = composed(stages, local, inputs, next(iter(inputs)))
    rows.append((name, len(stages), f"{abs(formula - difference).max():.0e}", f"{abs(chained - formula).max():.0e}"))
table(("loss", "stages", "formula − difference", "chain rule − formula"), rows)

# %% [markdown]
# ## What the functions look like

# %%
z = np.linspace(-5, 5, 201)
figure = Figure(layout="constrained")
for axes, name in zip(figure.subplots(1, 3), ("sigmoid", "tanh", "relu"), strict=True):
    axes.plot(z, getattr(activations, name)(z), color="#0072B2", label=name)
    axes.plot(z, getattr(activations, f"{name}_derivative")(z), "--", color="#D55E00", label="derivative")
    axes.set(title=name, xlabel="z", ylim=(-1.2, 1.6))
    axes.legend(fontsize="small")
picture(figure, size=(10, 3))

# %%
e = np.linspace(-3, 3, 201)
shapes = {
    "L1": ([losses.l1(np.array([[x]]), np.array([[0.0]])) for x in e], "-"),
    "L2": ([losses.l2(np.array([[x]]), np.array([[0.0]])) for x in e], "--"),
    "Huber, δ = 1": ([losses.huber(np.array([[x]]), np.array([[0.0]]), 1.0) for x in e], "-."),
    "hinge, Δ = 1": ([losses.hinge(np.array([[0.0, x]]), np.array([0]), 1.0) for x in e], ":"),
    "cross-entropy": ([losses.cross_entropy(np.array([[0.0, x]]), np.array([0])) for x in e], (0, (5, 1))),
}
figure = Figure(layout="constrained")
axes = figure.subplots()
for (name, (values, style)), colour in zip(shapes.items(), COLOURS, strict=False):
    axes.plot(e, values, linestyle=style, color=colour, label=name)
axes.set(xlabel="error, or score of the wrong class less that of the right one", ylabel="loss", ylim=(0, 5))
axes.legend()
picture(figure, size=(6, 4))

# %% [markdown]
# L2 grows fastest, so that one far point pulls as hard as many near ones; L1 pulls all alike, with a kink at 0; Huber
# is L2 near 0 and L1 far out. The hinge loss is exactly 0 once the right class leads by the margin, cross-entropy
# never is.
#
# ## B3 One step by hand
#
# The sheet of the example, with what was worked out by hand in `solutions/answers/backprop.written.md`, done once
# more in NumPy.

# %%
x, t, eta = np.array([0.6, 0.7]), np.array([0.1, 0.3]), 0.5
W1, b1 = np.array([[-0.2, -0.1], [0.9, 0.1]]), np.array([-0.9, 0.2])
W2, b2 = np.array([[0.2, 0.8], [0.9, 0.4]]), np.array([0.7, 0.1])
out1 = activations.sigmoid(W1 @ x + b1)
out2 = activations.sigmoid(W2 @ out1 + b2)
delta2 = 2 * (out2 - t) * out2 * (1 - out2)
delta1 = (W2.T @ delta2) * out1 * (1 - out1)
after = {"W1": W1 - eta * np.outer(delta1, x), "b1": b1 - eta * delta1,
         "W2": W2 - eta * np.outer(delta2, out1), "b2": b2 - eta * delta2}  # fmt: skip
print("loss before", ((out2 - t) ** 2).sum().round(4))
out1 = activations.sigmoid(after["W1"] @ x + after["b1"])
out2 = activations.sigmoid(after["W2"] @ out1 + after["b2"])
print("loss after ", ((out2 - t) ** 2).sum().round(4))
for name, values in after.items():
    print(name, values.round(4).tolist())

# %% [markdown]
# One step makes the loss smaller, which a sign that is wrong somewhere would not have done.
