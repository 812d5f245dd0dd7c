"""There are two hidden units; eight are asked for.

Loses: initialisation.experiment.compared
"""


def experiment(seed):
    starts = {kind: initial_parameters(kind, 2, seed) for kind in ("zero", "one", "random")}
    return {kind: trained(start, *XOR, 1.0, 300)[1] for kind, start in starts.items()}
