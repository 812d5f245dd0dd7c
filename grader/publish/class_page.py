"""A class's final marks as a page for staff: their distribution, and each person's, with rules and publications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import mean, median

from grader.book.final_mark import Status
from grader.core.text import counted
from grader.publish.comment import html_text, points
from grader.publish.outgoing import OF_STATUS, Outgoing, Student

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_BARS = 12
_HIGHEST = 7
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2126; --soft: #5c6670; --line: #dde1e5; --page: #fff; --bar: #4a7fb5;
  --alert: #b3361f }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --soft: #a2abb3; --line: #3a4147; --page: #16191c; --bar: #6fa3d8; --alert: #ff9a80 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem;
  color: var(--ink); background: var(--page) }
h1 { font-size: 1.4rem; margin: 0 } p { margin: .25rem 0 1rem; color: var(--soft) }
.bars { display: flex; gap: 3px; margin-top: 1rem }
.bars div { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; text-align: center;
  font-size: .75rem; color: var(--soft); min-width: 0 }
.bars i { display: block; background: var(--bar); border-radius: 2px 2px 0 0 }
.bars span { border-top: 1px solid var(--line); white-space: nowrap; overflow: hidden }
.wide { overflow-x: auto; margin-top: 2rem } table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line) }
th, td { padding: .3rem 1.25rem .3rem 0; vertical-align: top }
td:first-child { min-width: 9rem } td:last-child { min-width: 14rem; width: 50% }
td { border-top: 1px solid var(--line) }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums } .soft { color: var(--soft) }
.alert { color: var(--alert) } small { color: var(--soft); display: block }
"""


def class_page(title: str, students: Sequence[Student], outgoing: Outgoing) -> str:
    """Return the page as HTML, as it is once `outgoing` is published; it runs no script and fetches nothing."""
    left = {one.student.person.id: one.reason for one in outgoing.left}
    seen = {one.person.id: points(one.seen) for one in students if one.seen is not None}
    seen |= {one.student.person.id: one.text for one in outgoing.sent}
    rows = "".join(
        _row(student, left.get(student.person.id, ""), seen.get(student.person.id, "")) for student in students
    )
    numbers = "".join(f'<th class="number">{name}</th>' for name in ("marks", "published"))
    head = f"<th>student</th><th>section</th>{numbers}<th>remarks</th>"
    name = f"{html_text(title)}: final marks"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{name}</h1><p>{html_text(_standing(students))}</p>\n{_bars(students)}"
        f'<div class="wide"><table><tr>{head}</tr>\n{rows}</table></div></body></html>\n'
    )


def _standing(students: Sequence[Student]) -> str:
    totals = _totals(students)
    if not totals:
        return f"None of {counted(len(students), 'student')} has a final mark."
    most = points(max(student.mark.maximum for student in students))
    return (
        f"{len(totals)} of {counted(len(students), 'student')} have a final mark. Of {most}: "
        f"mean {_short(mean(totals))}, median {_short(median(totals))}, "
        f"from {_short(min(totals))} to {_short(max(totals))}."
    )


def _bars(students: Sequence[Student]) -> str:
    """Return a histogram of the marks: a bar for each part of the range, the last one including everything above."""
    totals = _totals(students)
    if not totals:
        return ""
    maximum = max((student.mark.maximum for student in students), default=Fraction()) or Fraction(1)
    wide = maximum / _BARS
    counts = Counter(min(max(int(total / wide), 0), _BARS - 1) for total in totals)
    highest = max(counts.values())
    bars = "".join(
        f"<div>{counts[bar] or ''}<i style='height:{_HIGHEST * counts[bar] / highest:.2f}rem'></i>"
        f"<span>{_short(bar * wide)}</span></div>"
        for bar in range(_BARS)
    )
    return f'<div class="bars">{bars}</div>\n'


def _totals(students: Sequence[Student]) -> list[Fraction]:
    return [one.mark.total for one in students if one.mark.status is Status.FINAL and one.mark.total is not None]


def _row(student: Student, why: str, seen: str) -> str:
    mark, person = student.mark, student.person
    total = points(mark.total) if mark.status is Status.FINAL else "–"
    kind = "soft" if mark.status in OF_STATUS else "alert"
    remarks = f'<div class="{kind}">{html_text(why)}</div>' * bool(why)
    remarks += "".join(f"<div>{html_text(line)}</div>" for line in _told(student))
    return (
        f"<tr><td>{html_text(student.name)}<small>{html_text(person.id)}</small></td><td>{html_text(person.section)}</td>"
        f'<td class="number">{total} / {points(mark.maximum)}</td><td class="number">{seen}</td>'
        f"<td>{remarks}</td></tr>\n"
    )


def _told(student: Student) -> Iterator[str]:
    yield from student.mark.rules
    yield from (f"{one.title}: {one.note}" for one in student.mark.criteria if one.note)


def _short(marks: Fraction) -> str:
    return f"{float(marks):.3g}"
