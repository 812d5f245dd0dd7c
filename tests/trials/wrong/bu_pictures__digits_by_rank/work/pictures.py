import functools
import json

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def picture(draw):
    @functools.wraps(draw)
    def inner(*args):
        plt.figure(figsize=(7, 5))
        draw(*args)
        plt.tight_layout()
        made = plt.gcf()
        plt.close()
        return made

    return inner


@picture
def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines()]
    for number, name in enumerate(sorted({line["optimizer"] for line in lines})):
        mine = sorted((line for line in lines if line["optimizer"] == name), key=lambda line: line["epoch"])
        t = np.array([line["epoch"] for line in mine])
        plt.plot(t, [line["train_loss"] for line in mine], color=f"C{number}", label="training, " + name)
        plt.plot(t, [line["test_loss"] for line in mine], color=f"C{number}", ls=":", label="test, " + name)
    plt.xlabel("epoch")
    plt.ylabel("cross-entropy")
    plt.legend()


@picture
def draw_maps(first, second):
    place = 0
    for layer, maps in enumerate((first, second), 1):
        for k in (0, 1, 2):
            place += 1
            plt.subplot(2, 3, place)
            lowest, highest = maps[k].min(), maps[k].max()
            plt.imshow((maps[k] - lowest) / (highest - lowest or 1), cmap="gray", vmin=0, vmax=1)
            plt.title("Layer %d / %s" % (layer, "i" * (k + 1)))


@picture
def draw_embedding(points, labels, title):
    for rank, digit in enumerate(np.unique(labels)):
        plt.plot(*points[labels == digit].T, ".", color=plt.cm.tab10(rank), label=str(rank))
    plt.legend(title="digit", ncols=2)
    plt.title(title)
