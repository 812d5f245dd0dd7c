"""Only answers, in another order, with colons, in powers of ten and with more digits than asked."""

import re


def written(text):
    roll = re.search(r"Roll number: .*", text)[0]
    answers = re.findall(r"^(\S+) += (\S+)$", text.split("ANSWERS")[1], re.MULTILINE)
    lines = [f"- {name.replace('[', ' (').replace(']', ')')} : {float(value):.5e}" for name, value in answers]
    return "\n".join([*reversed(lines), roll.upper()])
