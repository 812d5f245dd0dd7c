from matplotlib.figure import Figure


def picture(rows):
    figure = Figure(figsize=(10, 4), layout="constrained")
    for axes, what in zip(figure.subplots(ncols=2), ("loss", "accuracy")):
        for part, look in {"train": "C0o-", "test": "C1s--"}.items():
            axes.plot([r.weight_decay for r in rows], [r.row[f"{part}_{what}"] for r in rows], look, label=part)
        axes.set_xscale("symlog", linthresh=1e-6)
        axes.set(xlabel="weight decay", ylabel=what, title=f"{what} after the last epoch")
        axes.legend()
    return figure
