"""Assignment 3 - update rules. Roll no. CS23B015"""
from numpy import array, sqrt, zeros_like


def bowl(point):
    """10x^2 + y^2"""
    return float(10 * point[0] ** 2 + point[1] ** 2)


def bowl_gradient(point):
    """(df/dx, df/dy)"""
    return array([10 * 2 * point[0], 2 * point[1]])


class SGD:
    def __init__(self, learning_rate):
        self.eta = learning_rate

    def step(self, parameters, gradient):
        parameters -= self.eta * gradient(parameters)
        return parameters


class Momentum:
    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * self.v
        return parameters


class Nesterov:
    """the form that PyTorch uses"""

    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * (g + self.beta * self.v)
        return parameters


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.eta, self.eps = learning_rate, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = zeros_like(g)
        self.s += g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.eta, self.rho, self.eps = learning_rate, rho, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.s is None:
            self.s = zeros_like(g)
        self.s = self.rho * self.s + (1 - self.rho) * g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


def descend(optimizer, gradient, start, iterations):
    now = array(start, dtype=float)
    path = [now.copy()]
    while len(path) <= iterations:
        now = optimizer.step(now, gradient)
        path.append(now.copy())
    return array(path)


import io

import imageio.v2 as imageio
import matplotlib.pyplot as plt
import numpy as np


def animate_paths(paths, file):
    """One frame for every update, drawn from scratch."""
    frames = []
    updates = len(list(paths.values())[0]) - 1
    for t in range(updates):
        fig = plt.figure(figsize=(5, 4))
        x, y = np.linspace(-2, 2, 60), np.linspace(-5, 5, 60)
        plt.contour(x, y, 10 * x[None, :] ** 2 + y[:, None] ** 2, levels=[1, 4, 9, 16, 25])
        for label, path in paths.items():
            plt.plot(path[: t + 1, 0], path[: t + 1, 1], "o-", label=label)
        plt.xlim(-3, 3)
        plt.ylim(-7, 7)
        plt.xlabel("x")
        plt.ylabel("y")
        plt.legend(loc="lower right", fontsize=7)
        buffer = io.BytesIO()
        fig.savefig(buffer, format="png")
        frames.append(imageio.imread(buffer.getvalue())[..., :3])
        if t < updates - 1:
            plt.close(fig)
    imageio.mimsave(file, frames, format="GIF", duration=150, loop=0)
    return fig


# ---------- Problem 1 ----------
import torch
import torch.nn as nn


def score_of(model, x, target):
    out = model(x)
    if target is None:
        target = out.argmax(dim=1)
    return out[torch.arange(len(x)), target].sum()


def vanilla_backprop(model, images, target=None):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    x = images.clone().requires_grad_(True)
    grad, = torch.autograd.grad(score_of(model, x, target), x)
    for m, mode in modes.items():
        m.training = mode
    return grad


def guided_backprop(model, images, target=None):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    relus = [m for m in model.modules() if isinstance(m, nn.ReLU)]
    inplace = [m.inplace for m in relus]
    handles = []
    for m in relus:
        m.inplace = False
        handles.append(m.register_full_backward_hook(lambda mod, gin, gout: (torch.clamp(gin[0], min=0.0),)))
    x = images.clone().requires_grad_(True)
    grad, = torch.autograd.grad(score_of(model, x, target), x)
    for h in handles:
        h.remove()
    for m, flag in zip(relus, inplace):
        m.inplace = flag
    for m, mode in modes.items():
        m.training = mode
    return grad


def class_activation_map(model, images, layer, fc, target=None):
    feats = {}
    h = layer.register_forward_hook(lambda mod, inp, out: feats.update(A=out.detach()))
    modes = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        out = model(images)
        if target is None:
            target = out.argmax(dim=1)
        elif isinstance(target, int):
            target = torch.full((len(images),), target)
        cam = torch.einsum('nk,nkij->nij', fc.weight[target], feats['A'])
        cam = cam + fc.bias[target].view(-1, 1, 1)
    h.remove()
    for m, mode in modes.items():
        m.training = mode
    return cam


def grad_cam(model, images, layer, target=None):
    feats = {}
    h = layer.register_forward_hook(lambda mod, inp, out: feats.update(A=out))
    modes = {m: m.training for m in model.modules()}
    model.eval()
    score = score_of(model, images.clone().requires_grad_(True), target)
    h.remove()
    dA, = torch.autograd.grad(score, feats['A'])
    for m, mode in modes.items():
        m.training = mode
    alpha = dA.mean(dim=(2, 3))
    return torch.einsum('nk,nkij->nij', alpha, feats['A']).detach()


def guided_grad_cam(guided, cam):
    up = nn.functional.interpolate(cam.unsqueeze(1), size=guided.shape[-2:], mode='bilinear', align_corners=False)
    return guided * up
