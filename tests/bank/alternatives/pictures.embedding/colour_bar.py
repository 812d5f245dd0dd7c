"""One scatter, coloured by number, with a colour bar."""

from matplotlib import pyplot as plt


def draw_embedding(points, labels, title):
    plt.figure(figsize=(6, 6))
    drawn = plt.scatter(points[:, 0], points[:, 1], c=labels, cmap="tab10", vmin=0, vmax=9)
    plt.colorbar(drawn, label="digit")
    plt.title("t-SNE of the bottleneck " + title)
    return plt.gcf()
