from lab import runlog


def draw_sweep(log, factor):
    return runlog.curves(runlog.read(log), ["train_loss", "validation_loss"], label=factor)
