"""Moodle's archive of an assignment ("Download all submissions"), by `mod/assign/classes/downloader.php`."""

from __future__ import annotations

import re

from grader.intake.platforms.upload import NameForm, Platform

# A folder `Ada Lovelace_123456_assignsubmission_file` (up to Moodle 4.0 with a trailing `_`), or a file with that and
# `_` before its name. Moodle writes no `_` into a name, so the first such part is its own, whatever a student calls a
# file. A student who works in groups but is in none hands in as `Default group`, which has no number.
_PART = r"_assign(?:submission|feedback)_[a-z]+(?:_(?P<called>.*))?"
_NUMBERED = re.compile(rf"(?P<name>.+?)_(?P<user>\d+){_PART}", re.DOTALL)
_OF_NO_GROUP = re.compile(rf"(?P<name>[^_]+){_PART}", re.DOTALL)

MOODLE = Platform(
    key="moodle",
    title="Moodle",
    export="archive of an assignment, with a folder for each student or flat",
    who="full name and participant number, which is another one in each assignment; `Participant` alone where marking "
    "is blind; a group's name and number where groups hand in",
    when="not told; the worksheet has it in the language and zone of whoever downloads it",
    attempt="the current one only",
    lacks="user ids, addresses, times, earlier attempts, members of groups",
    known_by="moodle",
    forms=(
        NameForm(_NUMBERED, account="{name}_{user}", student="{name}_{user}"),
        NameForm(_OF_NO_GROUP, account="{name}", student=""),
    ),
)
