import json
import matplotlib.pyplot as plt


def draw_weight_decay(record):
    finals = {}
    for row in map(json.loads, record.splitlines()):
        finals[row["weight_decay"]] = row
    xs, rows = zip(*sorted(finals.items(), key=lambda item: item[0]))
    fig, (ax1, ax2) = plt.subplots(1, 2, figsize=(9, 4))
    ax1.plot(xs, [r["train_accuracy"] for r in rows], "b.-", label="train")
    ax1.plot(xs, [r["test_accuracy"] for r in rows], "r.-", label="test")
    ax1.set(title="Accuracy", xlabel="weight decay", ylabel="accuracy", xscale="symlog")
    ax1.legend()
    ax2.plot(xs, [r["train_loss"] for r in rows], "b.-", label="train")
    ax2.plot(xs, [r["validation_loss"] for r in rows], "r.-", label="test")
    ax2.set(title="Loss", xlabel="weight decay", ylabel="loss", xscale="symlog")
    ax2.legend()
    plt.close(fig)
    return fig
