import matplotlib
from matplotlib.figure import Figure


def draw_embedding(points, labels, title):
    figure = Figure(figsize=(5, 4), layout="constrained")
    axes = figure.add_subplot()
    colours = matplotlib.colormaps["tab10"]
    for digit in sorted(set(labels.tolist()), reverse=True):
        here = points[labels == digit]
        axes.plot(*here.T, linestyle="none", marker=f"${int(digit)}$", color=colours(int(digit)), label=str(int(digit)))
    axes.set_title(title)
    axes.set(xticks=[], yticks=[])
    axes.legend(title="digit", loc="center left", bbox_to_anchor=(1, 0.5))
    return figure
