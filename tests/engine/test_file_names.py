"""Names of files of ours: apart on every file system, and never a stranger's to choose."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.file_names import file_names

ODD = [
    "index.html",
    "INDEX.HTML",
    "..",
    ".",
    ".lock",
    ".writing-x",
    "con",
    "Con.zip",
    "nul",
    "LPT1",
    "a/b",
    "a\nb",
    "a.",
    "a ",
    "",
]
ORDINARY = [
    "cs23b001_asha",
    "Ada Lovelace_123_assignsubmission_file",
    "hw.tar",
    "c_notes.txt",
    "Zoë",
    "अनिल",
    "console",
]


def folded(name: str) -> str:
    return unicodedata.normalize("NFD", name.casefold())


def test_ordinary_names_stay() -> None:
    assert file_names(ORDINARY) == {name: name for name in ORDINARY}


@pytest.mark.parametrize("name", ODD)
def test_a_name_that_is_ours_or_a_systems_is_never_a_file(name: str) -> None:
    (file,) = file_names([name]).values()
    assert file != name
    assert re.fullmatch(r"[^./\\\n][^/\\\n]*-[0-9a-f]{8}", file)
    assert folded(file) != "index.html"


def test_names_that_only_case_or_the_way_of_writing_an_accent_tells_apart_get_files_of_their_own() -> None:
    same = ["Anna", "anna", "Zoe\u0308", "Zo\u00eb"]
    files = file_names([*same, "ben"])
    assert files["ben"] == "ben"
    assert len({folded(file) for file in files.values()}) == 5
    assert not set(files.values()) & set(same)


def test_no_name_can_take_the_file_of_another() -> None:
    first = file_names(["Anna", "anna"])
    names = ["Anna", "anna", *(file.upper() for file in first.values())]
    assert len({folded(file) for file in file_names(names).values()}) == 4


@given(st.lists(st.one_of(st.sampled_from(ODD), st.text(alphabet="aAb.-_/\u00e9", max_size=4)), unique=True))
def test_files_are_apart_and_the_same_for_the_same_inbox(names: list[str]) -> None:
    files = file_names(names)
    assert list(files) == names
    assert len({folded(file) for file in files.values()}) == len(names)
    assert all(file and not file.startswith(".") and "/" not in file for file in files.values())
    assert file_names(names) == files
