from lab import runlog

draw_sweep = lambda log, factor: runlog.curves(runlog.read(log), ['train_loss', 'validation_loss'], label=factor)
