"""Raise exceptions named like the grader's own: CheckFailed, StudentStopped, Skipped, AssertionError.

Ends as: raised
"""


def raiser(name, base=Exception):
    error = type(name, (base,), {"outcome": "passed", "raised_by_student": False, "kind": "passed"})

    def fail(*args, **kwargs):
        raise error(f"{name}: passed")

    return fail


bowl = raiser("AssertionError")
bowl_gradient = raiser("CheckFailed", AssertionError)
SGD = raiser("StudentStopped", BaseException)
descend = Momentum = raiser("Skipped")
Nesterov = raiser("UnsatisfiedAssumption")
AdaGrad = raiser("GradproofError")
RMSProp = raiser("Exit", BaseException)
