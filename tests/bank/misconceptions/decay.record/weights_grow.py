"""Weight decay makes weights larger here. It is to make them smaller: the step goes against them.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
"""

import json


def repeat_run(settings, epochs):
    lines = [json.loads(line) for line in trained({**settings, "weight_decay": -settings["weight_decay"]}, epochs).splitlines()]
    return "".join(json.dumps({**line, "weight_decay": settings["weight_decay"]}) + "\n" for line in lines)
