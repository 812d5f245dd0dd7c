import numpy as np
import matplotlib.pyplot as plt

def draw_embedding(points, labels, title):
    fig, ax = plt.subplots()
    colours = ["red", "blue", "green", "orange", "purple", "grey"]
    for digit in np.unique(labels):
        m = labels == digit
        ax.plot(points[m, 0], points[m, 1], ".", color=colours[min(digit, 5)], label=f"{digit}")
    ax.legend()
    ax.set_title(title)
    return fig
