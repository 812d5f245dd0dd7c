"""Which questions a heading, a cell of code or the name of a file is about.

Questions are named by their id, by their title, by the label at the beginning of their title (``2.5``, ``1 (a)``,
``B1``), or by the functions that they ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from grader.course.rubric.model import Question

_MARKUP = re.compile(r"[\\*_`#:.\[\]<>|$\s]+")
_LEAD = re.compile(r"^(?:question|answer|answer to|solution|solution to)\s+")
_ATTACHED = r"(?:[a-z](?![a-z0-9])|\s*\([a-z]\))?"
_LABEL = re.compile(rf"\(?((?:[a-z]?\d+(?:\.\d+)*{_ATTACHED})|[a-z](?![\w']))", re.IGNORECASE)
_WORD = r"(?:question|problem|exercise|task|part|solution|answer|ques|prob|q)s?"
_AFTER_WORD = re.compile(rf"(?:^|[\W_]){_WORD}[\W_]*{_LABEL.pattern}", re.IGNORECASE)
_RANGE = re.compile(r"^(\d+)\.(\d+)\s*(?:to|-|–)\s*\1\.(\d+)")
_AND = re.compile(r"\s*(?:,|and|&)\s*")
# Distinguishes labels from a student's own numbering, such as the 1 of "1 Imports".
_LABEL_OF_A_HEADING = re.compile(r"[.(]|^[a-z]\d", re.IGNORECASE)
_LABEL_OF_A_FILE = re.compile(r"[.(]|[a-z]\d|\d[a-z]", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")


class QuestionNames:
    """The names of some questions of a rubric."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._names = {_plain(name): question.id for question in questions for name in (question.id, question.title)}
        self._labels = {question.id: frozenset(labels_of(question.title)) for question in questions}
        self._by_hand = [question.id for question in questions if any(c.manual for c in question.criteria)]
        self._functions: dict[str, set[str]] = {}
        for question in questions:
            for name in question.names:
                self._functions.setdefault(name, set()).add(question.id)

    def is_name(self, line: str) -> bool:
        """Return whether a line is a question's id or title and nothing else."""
        return _plain(line) in self._names

    def in_heading(self, heading: str) -> tuple[str, ...]:
        """Return the questions that a heading is about; none if it is a student's own."""
        said = _LEAD.sub("", _plain(heading))
        found = [name for name in self._names if said == name or said.startswith(f"{name} ")]
        if found:
            return (self._names[max(found, key=len)],)
        return self._labelled(_label_in(heading, alone=_LABEL_OF_A_HEADING))

    def in_file(self, path: str) -> tuple[str, ...]:
        """Return the questions marked by a person that a file is about, by its own name or its folders' names."""
        for part in reversed(path.split("/")):
            name = part.rpartition(".")[0] or part
            said = _plain(name.replace("-", " "))
            whole = [one for known, one in self._names.items() if said == known or said.startswith(f"{known} ")]
            label = _label_in(name, alone=_LABEL_OF_A_FILE)
            if found := self.marked_for(whole or self._of_functions(_NAME.findall(name)) or self._labelled(label)):
                return found
        return ()

    def in_code(self, code: str) -> tuple[str, ...]:
        """Return the questions whose functions some code calls: if there are any, those that a person marks."""
        return self._of_functions(_CALLED.findall(code))

    def _of_functions(self, names: Iterable[str]) -> tuple[str, ...]:
        used = {one for name in set(names) for one in self._functions.get(name, ())}
        by_hand = [one for one in self._by_hand if one in used]
        return tuple(by_hand or sorted(used))

    def marked_for(self, questions: Iterable[str]) -> tuple[str, ...]:
        """Return the questions marked by a person for which what belongs to `questions` is shown.

        For a question that checks decide these are the ones with its label, or with a label that its own begins with:
        what is plotted for 3.2 is looked at for 3.
        """
        found = {own for one in questions for own in ((one,) if one in self._by_hand else self._related(one))}
        return tuple(one for one in self._by_hand if one in found)

    def is_by_hand(self, question: str) -> bool:
        """Return whether a person marks a question."""
        return question in self._by_hand

    def _related(self, question: str) -> Iterator[str]:
        for one in self._by_hand:
            if any(_begins(own, label) for own in self._labels[one] for label in self._labels[question]):
                yield one

    def _labelled(self, label: str) -> tuple[str, ...]:
        """Return the questions with a label, or else those marked by hand whose labels begin with it."""
        if not label:
            return ()
        same = [one for one, labels in self._labels.items() if label in labels]
        by_hand = [one for one in same if one in self._by_hand]
        if same:
            return tuple(by_hand or same)
        return tuple(one for one in self._by_hand if any(_begins(label, own) for own in self._labels[one]))


def labels_of(title: str) -> Iterator[str]:
    """Yield the labels at a title's beginning: of ``1.1, 1.2 In words`` 1.1 and 1.2, of ``2.5 to 2.7`` all three."""
    if span := _RANGE.match(title):
        yield from (f"{span[1]}.{number}" for number in range(int(span[2]), int(span[3]) + 1))
        return
    match = _LABEL.match(title)
    while match:
        yield _normal(match[1])
        more = _AND.match(title, match.end())
        match = _LABEL.match(title, more.end()) if more else None


def _label_in(text: str, alone: re.Pattern[str]) -> str:
    """Return the label after a word such as Question, or one that a text begins with, if it matches `alone`."""
    if match := _AFTER_WORD.search(text):
        return _normal(match[1])
    match = _LABEL.match(text.strip())
    return _normal(match[1]) if match and alone.search(match[0]) else ""


def _normal(label: str) -> str:
    return re.sub(r"[()\s]", "", label).lower()


def _begins(short: str, label: str) -> bool:
    """Return whether a label is `short`, or a part of it: 3 is the beginning of 3.2 and 3a but not of 31."""
    in_a_number = short[-1].isdigit() and label[len(short) : len(short) + 1].isdigit()
    return label.startswith(short) and not in_a_number


def _plain(text: str) -> str:
    return _MARKUP.sub(" ", text).strip().casefold()
