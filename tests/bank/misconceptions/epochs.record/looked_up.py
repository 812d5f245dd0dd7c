"""The log is not there while a run is done again: train the run, from its settings.

Loses: epochs.record.measured, epochs.record.complete, epochs.record.learned
"""

import json


def repeat_run(settings, epochs):
    lines = [line for line in epochs_log().splitlines() if json.loads(line)["optimizer"] == settings["optimizer"]]
    return "\n".join(lines[:epochs]) + "\n"
