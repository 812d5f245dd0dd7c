"""Write a reply on descriptor 3 before anything is asked.

Ends as: crashed
"""

import os
import sys


def reply():
    os.write(3, sys.modules["worker.wire.codec"].encode(["ok", bytes(8), [[0.0, 0.0], []], ""]))


def attack(*args):
    return [0.0, 0.0]


sent = reply()
bowl = bowl_gradient = descend = SGD = Momentum = Nesterov = AdaGrad = RMSProp = sent or attack
