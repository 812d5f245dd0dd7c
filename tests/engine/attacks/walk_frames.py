"""Look for tests, reference and expected values in stack frames, sys.modules and on the heap.

Ends as: raised
"""

import gc
import re
import sys

WANTED = {"expected", "right", "confusions", "reference", "rubric", "seed", "secret", "submission_under_test"}


def attack(*args):
    found, frame = [], sys._getframe()
    while frame is not None:
        found += [f"{name}={value!r:.200}" for name, value in frame.f_locals.items() if name in WANTED]
        frame = frame.f_back
    found += [name for name in sys.modules if name.startswith(("grader", "tests", "reference", "pytest"))]
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            found += [f"{key}={thing[key]!r:.200}" for key in WANTED & thing.keys()]
    found += re.findall("canary[0-9a-f]{8,}", repr(found))
    raise ValueError(f"answers found: {found}" if found else "nothing found")
