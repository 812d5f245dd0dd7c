# %% [markdown]
# # Training DNNs
#
# Assignment 3, worked with the functions of `reference/`. ResNet-50's weights have to be downloaded, so the network
# is EfficientNet-Lite0, which comes as a package; whoever has the weights writes `photographs.resnet50()` in its
# place and nothing else changes. The five photographs are scikit-image's.

# %%
import sys
from pathlib import Path

HERE = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "reference").is_dir())
sys.path[:0] = [str(HERE / folder) for folder in ("solutions/notebooks", "reference", "examples")]
sys.path.append(str(HERE / "provided"))  # last: the installed torchvision comes before the small one in there

import tempfile

import numpy as np
import torch

from grader.worker.forking.preload import preload

preload(["torchvision"])  # also where it comes built for another torch and its import stops

import optimizers as rules
import photographs
import saliency
import saliency_picture
from matplotlib.figure import Figure
from paths import animate_paths
from showing import QUICK, animation, looks, picture, table

torch.set_num_threads(1)

# %% [markdown]
# ## 1 What the network sees, and how sure it is

# %%
images = photographs.photographs()[: 2 if QUICK else 5]
network = photographs.efficientnet_lite0()
names = photographs.class_names()
x = network.inputs(images)
with torch.no_grad():
    scores = network.model(x)
chances, order = torch.softmax(scores, dim=1).topk(3, dim=1)
classes = scores.argmax(dim=1)
table(("photograph", "first", "second", "third"), [
    (name, *(f"{names[k]} {p:.2f}" for k, p in zip(best, chance, strict=True)))
    for name, best, chance in zip(photographs.NAMES, order.tolist(), chances.tolist(), strict=False)
])  # fmt: skip

# %% [markdown]
# ## 1 (a)–(d) Vanilla and guided backprop, CAM, Guided Grad-CAM
#
# All four for the score with the highest value, before any softmax.

# %%
vanilla = saliency.vanilla_backprop(network.model, x)
guided = saliency.guided_backprop(network.model, x)
cam = saliency.class_activation_map(network.model, x, network.layer, network.fc)
grad_cam = saliency.grad_cam(network.model, x, network.layer)
guided_cam = saliency.guided_grad_cam(guided, grad_cam)
titles = [f"{names[k]} ({p:.2f})" for k, p in zip(classes.tolist(), chances[:, 0].tolist(), strict=True)]
figure = saliency_picture.draw_saliency(images, titles, vanilla, guided, cam, guided_cam)
figure.suptitle("EfficientNet-Lite0, for the class with the highest score")
picture(figure, size=(10, 2.1 * len(images) + 0.5), name="saliency", dpi=72, photographs=True)

# %% [markdown]
# Vanilla backprop is noisy and still tells where the score depends on the image: on the cup and its rim, on the cat's
# face, on the rocket and the towers beside it. Guided backprop lets only positive gradients through active units;
# what is left are clean edges, of everything that units respond to, the whole saucer included. CAM is coarse, 7 × 7
# places enlarged to 224 × 224, and tells the region: the cat's face, the inside of the cup, the middle of the
# motorcycle, the upper end of the rocket. Guided Grad-CAM keeps the edges within that region: eyes and nose, the rim,
# wheels and engine.
#
# The astronaut is taken for a bobsled, with a chance of 0.22, and for a football helmet with 0.15. ImageNet's
# thousand classes have no person and no astronaut, so the network takes what is nearest: CAM is high on the orange
# suit and at the edge of the helmet that she holds. A class with the highest score is not an answer one has to
# believe.

# %% [markdown]
# **Two laws, as a check.** On a network that ends in an average over places and one dense layer, CAM is the number of
# places times Grad-CAM before its ReLU, and the mean of a CAM, plus the bias, is the score.

# %%
places = cam.shape[1] * cam.shape[2]
print("places", places, "  largest |relu(CAM) − places · Grad-CAM|",
      f"{(cam.clamp(min=0) - places * grad_cam).abs().max():.1e}")  # fmt: skip
bias = network.fc.bias[classes]
top = scores.max(dim=1).values
off = torch.minimum((cam.mean(dim=(1, 2)) + bias - top).abs(), (cam.mean(dim=(1, 2)) - top).abs())
print("largest |mean of CAM (and bias) − score|", f"{off.max().item():.1e}")

# %% [markdown]
# **Two classes in one image.** Half a cat beside half a cup, asked for the one and for the other.

# %%
halves = torch.cat([images[0][:, :, 56:168], images[1][:, :, 56:168]], dim=2)[None]
asked = classes[:2]
twice = network.inputs(halves).repeat(2, 1, 1, 1)
maps = saliency.class_activation_map(network.model, twice, network.layer, network.fc, asked)
edges = saliency.guided_backprop(network.model, twice, asked)
joined = saliency.guided_grad_cam(edges, saliency.grad_cam(network.model, twice, network.layer, asked))
wanted = [names[k] for k in asked.tolist()]
shown = halves.repeat(2, 1, 1, 1)
plain = saliency.vanilla_backprop(network.model, twice, asked)
figure = saliency_picture.draw_saliency(shown, wanted, plain, edges, maps, joined)


def likeness(pair):
    return torch.nn.functional.cosine_similarity(pair[0].flatten(), pair[1].flatten(), dim=0).item()


table(("map", "cosine of the two"), [("vanilla", likeness(plain)), ("guided backprop", likeness(edges)),
                                     ("CAM", likeness(maps)), ("guided Grad-CAM", likeness(joined))])  # fmt: skip
picture(figure, size=(10, 4.4), photographs=True)

# %% [markdown]
# CAM and Guided Grad-CAM follow the class that is asked for: for the cat the left half, for the espresso the right
# one (cosines 0.07 and 0.11). Guided backprop shows the edges of both halves in either case (cosine 0.93): what it
# draws depends on the network's early layers and hardly on the class. That is why Guided Grad-CAM multiplies the two.

# %% [markdown]
# ## 2 Update rules on f(x, y) = 10 x² + y²
#
# From (3, 4), 50 iterations. First each rule by itself with three values of its learning rate: the value of f.

# %%
START, ITERATIONS = np.array([3.0, 4.0]), 50
RULES = {
    "SGD": (rules.SGD, (0.02, 0.09, 0.101)),
    "momentum, β = 0.9": (lambda rate: rules.Momentum(rate, 0.9), (0.001, 0.005, 0.05)),
    "Nesterov, β = 0.9": (lambda rate: rules.Nesterov(rate, 0.9), (0.001, 0.005, 0.05)),
    "AdaGrad, ε = 1e-8": (lambda rate: rules.AdaGrad(rate, 1e-8), (0.1, 0.5, 2.0)),
    "RMSProp, ρ = 0.9": (lambda rate: rules.RMSProp(rate, 0.9, 1e-8), (0.02, 0.1, 1.0)),
}


def descent(rule):
    return rules.descend(rule, rules.bowl_gradient, START, ITERATIONS)


def height(path):
    return 10 * path[:, 0] ** 2 + path[:, 1] ** 2


figure = Figure(layout="constrained")
ends = []
for axes, (name, (make, rates)) in zip(figure.subplots(1, 5, sharey=True), RULES.items(), strict=True):
    for rate, look in zip(rates, looks(), strict=False):
        values = height(descent(make(rate)))
        axes.semilogy(values, label=f"η = {rate}", **{**look, "markevery": 10})
        ends.append((name, rate, f"{values[10]:.2e}", f"{values[-1]:.2e}"))
    axes.set(title=name, xlabel="iteration", ylim=(1e-12, 1e4))
    axes.legend(fontsize="small")
figure.axes[0].set_ylabel("f")
table(("rule", "η", "f after 10", "f after 50"), ends)
picture(figure, size=(15, 3.6))

# %% [markdown]
# f has the curvatures 20 along x and 2 along y. SGD is stable for η < 2 / 20 = 0.1 and no further: at 0.09 it comes
# down evenly, at 0.101 every step along x overshoots by a little more than the last. Momentum with β = 0.9
# swings past the minimum and back; a larger η makes it swing faster, and hardly brings it down sooner, since each
# swing fades by √0.9 a step. Nesterov's look-ahead damps the swings: at η = 0.05 it is 600 times lower than momentum
# after 50 steps.
#
# AdaGrad's steps shrink by themselves, so that a rate that is too small (0.1) never gets there and a large one (2)
# does no harm. RMSProp's steps are about η long wherever it is: with 0.02 fifty steps are too few for the way of
# four. With 1.0 it is down after ten iterations, and is thrown out again once the averaged squares have faded to the
# tiny gradients there: f is 19 at iteration 30. A constant rate does not let it rest.

# %% [markdown]
# ## The GIF
#
# One setting of each rule, and momentum a second time with β = 0.5. Axes have one scale, the cross is the minimum.

# %%
chosen = {
    "AdaGrad, η = 0.6, ε = 1e-8": rules.AdaGrad(0.6, 1e-8),
    "SGD, η = 0.02": rules.SGD(0.02),
    "Momentum, η = 0.005, β = 0.5": rules.Momentum(0.005, 0.5),
    "Momentum, η = 0.005, β = 0.9": rules.Momentum(0.005, 0.9),
    "Nesterov, η = 0.005, β = 0.9": rules.Nesterov(0.005, 0.9),
    "RMSProp, η = 0.1, ρ = 0.9, ε = 1e-8": rules.RMSProp(0.1, 0.9, 1e-8),
}
paths = {name: descent(rule) for name, rule in chosen.items()}
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "paths.gif")
    animate_paths(paths, str(file))
    shown = animation(file, name="optimizers")
table(("path", "f after 10", "f after 50"), [
    (name, f"{height(path)[10]:.1e}", f"{height(path)[-1]:.1e}") for name, path in paths.items()
])  # fmt: skip
shown  # noqa: B018  what a notebook displays

# %% [markdown]
# From the same start SGD and both momentum rules leave along x, where the slope is ten times as steep, and then creep
# along the valley (SGD, β = 0.5) or swing across it (β = 0.9; Nesterov less). AdaGrad and RMSProp divide by the size
# of each coordinate's gradients: they set out along the diagonal and take nearly the same way, AdaGrad with long
# steps that become shorter, RMSProp with even ones. β = 0.5 doubles the long-run step of plain SGD with the same η, β
# = 0.9 makes it ten times as long: that is what momentum does in a valley.
