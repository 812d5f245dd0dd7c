"""Every record is that of the random start.

Loses: initialisation.experiment.compared
"""


def experiment(seed):
    record = trained(initial_parameters("random", 8, seed), *XOR, 1.0, 300)[1]
    return {"zero": record, "one": record, "random": record}
