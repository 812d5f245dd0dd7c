"""Things chosen by globs on a command line."""

from __future__ import annotations

import pytest

from grader.core.errors import UsageError
from grader.core.globs import chosen

NAMES = {1: ["sums.double", "sums.double.value"], 2: ["sums.triple"], 3: ["sums.double", "sums.double.type"]}


@pytest.mark.parametrize(
    ("globs", "found"),
    [
        (["*"], [1, 2, 3]),
        (["sums.double"], [1, 3]),
        (["*.type", "sums.triple"], [2, 3]),
        (["sums.triple", "sums.triple"], [2]),
        (["sums.double.[tv]*"], [1, 3]),
        ([], []),
    ],
)
def test_things_are_chosen_by_any_of_their_names_in_their_own_order(globs: list[str], found: list[int]) -> None:
    assert chosen(globs, NAMES, "question here") == found


@pytest.mark.parametrize(("glob", "hint"), [("sums.duble", "sums.double"), ("type", "sums.double.type")])
def test_a_glob_that_matches_nothing_is_refused_with_what_there_is(glob: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(["*", glob], NAMES, "question here")
    said = str(caught.value)
    assert f"no question here is called '{glob}'" in said
    assert "one of sums.double, sums.triple, or a glob such as 'sums.*'" in said
    assert f"did you mean `{hint}`?" in said


def test_case_counts_and_nothing_can_be_chosen_where_there_is_nothing() -> None:
    for glob, names in (("SUMS.*", NAMES), ("*", {})):
        with pytest.raises(UsageError, match="no sheet is called"):
            chosen([glob], names, "sheet")
