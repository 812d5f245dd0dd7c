"""Leave by every door: os._exit, sys.exit, SystemExit, KeyboardInterrupt, a BaseException of one's own.

Ends as: raised crashed
"""

import os
import signal
import sys


class MyOwn(BaseException):
    pass


def system_exit(*args):
    raise SystemExit(0)


def interrupt(*args):
    raise KeyboardInterrupt


class Exits:
    def __init__(self, *args, **kwargs):
        os._exit(0)


class SysExit:
    def __init__(self, *args, **kwargs):
        sys.exit(0)


class Own(SysExit):
    def __init__(self, *args, **kwargs):
        raise MyOwn("passed")


class RealTime:
    def __init__(self, *args, **kwargs):
        os.kill(os.getpid(), 40)


class Killed:
    def __init__(self, *args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)


bowl, bowl_gradient, descend = system_exit, interrupt, system_exit
SGD, Momentum, Nesterov, AdaGrad, RMSProp = Exits, SysExit, Own, RealTime, Killed
