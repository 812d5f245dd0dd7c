"""Fill in the sheet made for your roll number, and leave its given values as they are.

Loses: backprop.by_hand.allotment, backprop.by_hand.hidden_net_inputs, backprop.by_hand.hidden_outputs,
backprop.by_hand.net_inputs, backprop.by_hand.outputs, backprop.by_hand.errors, backprop.by_hand.loss,
backprop.by_hand.deltas, backprop.by_hand.hidden_deltas, backprop.by_hand.gradients,
backprop.by_hand.hidden_gradients, backprop.by_hand.step, backprop.by_hand.hidden_step
"""

import re


def written(text):
    return re.sub(r"(W1\[1,2\] +=).*", r"\1 1", text)
