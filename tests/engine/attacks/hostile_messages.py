"""Answer with frames that are well formed and make no sense: kinds that cannot be compared, hostile ids.

Ends as: crashed
"""

import gc
import sys

import numpy as np


def send(make):
    server = next(o for o in gc.get_objects() if type(o).__name__ == "Server")
    server._channel.send(sys.modules["worker.wire.codec"].encode(make(server._id)))


def kind_is_a_list(*args):
    send(lambda identity: [["ok"], identity, [0.0, []], ""])


def kind_is_an_array(*args):
    send(lambda identity: [np.array([1, 2]), identity, [0.0, []], ""])


class IdIsAnArray:
    def __init__(self, *args, **kwargs):
        send(lambda identity: ["ok", np.zeros((2, 2)), [0.0, []], ""])


class IdIsEmpty:
    def __init__(self, *args, **kwargs):
        send(lambda identity: ["ok", np.zeros(0), [0.0, []], ""])


class ErrorIsAList:
    def __init__(self, *args, **kwargs):
        send(lambda identity: ["error", identity, ["passed"], ""])


class NotEnough:
    def __init__(self, *args, **kwargs):
        send(lambda identity: ["ok"])


class CallsBackANumber:
    def __init__(self, *args, **kwargs):
        send(lambda identity: ["back", identity, 10**30, [], {}])


bowl, bowl_gradient, descend = kind_is_a_list, kind_is_an_array, kind_is_a_list
SGD, Momentum, Nesterov, AdaGrad, RMSProp = IdIsAnArray, IdIsEmpty, ErrorIsAList, NotEnough, CallsBackANumber
