"""A line is left blank.

Loses: backprop.by_hand.sheet, backprop.by_hand.hidden_net_inputs
Unnamed: the check says which line it is.
"""

import re


def written(text):
    return re.sub(r"(net1\[2\] +=).*", r"\1", text)
