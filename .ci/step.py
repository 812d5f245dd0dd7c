"""The title of a step of `make test`, and how long the step before has taken: `step.py TITLE`, at last `step.py --end`.

build/ci.json has the steps of the last run that came to its end, each with its seconds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "build"
BEGUN, ENDED = BUILD / "ci-begun.json", BUILD / "ci.json"


def main() -> None:
    """Note when a step begins; at the end write what each has taken."""
    title, now = sys.argv[1], time.time()
    begun = json.loads(BEGUN.read_text(encoding="utf-8")) if BEGUN.is_file() else []
    if title != "--end":
        print(f"\n── {title} ──", flush=True)
        BUILD.mkdir(exist_ok=True)
        BEGUN.write_text(json.dumps([*begun, [title, now]]), encoding="utf-8")
        return
    ends = [start for _, start in begun[1:]] + [now]
    steps = [{"title": name, "seconds": round(end - start, 1)} for (name, start), end in zip(begun, ends, strict=True)]
    ENDED.write_text(json.dumps({"steps": steps}, indent=2) + "\n", encoding="utf-8")
    BEGUN.unlink()
    print(f"\nAll steps passed, in {(now - begun[0][1]) / 60:.1f} minutes.")


if __name__ == "__main__":
    main()
