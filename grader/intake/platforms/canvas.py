"""Canvas's archive of an assignment ("Download Submissions"), by `lib/content_zipper.rb`."""

from __future__ import annotations

import re

from grader.intake.platforms.upload import NameForm, Platform

# `lovelaceada_LATE_123_456_hw.zip`, with a user's and an attachment's number; a text or link that was typed has only
# the first. If students are anonymous, `anon_A1b2C_456_hw.zip`. Canvas's numbers do not begin with 0, and are longer
# than those with which people count weeks and questions.
_WHO = r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>[1-9]\d*)"
_FILE = r"_(?P<number>[1-9]\d{2,})_(?P<called>.+)"
_TYPED = r"_(?P<called>(?:text|link)\.html)"
# Keeps a `_` in somebody's name; because many people number their work, this is only tried among Canvas's names.
_ANYONE = r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>[1-9]\d*)"
_ANONYMOUS = r"(?P<late>LATE_)?(?P<who>anon_[^_]+)"
_ANONYMOUS_FILE = re.compile(_ANONYMOUS + r"_(?P<number>\d+)_(?P<called>.+)", re.DOTALL)


def _form(who: str, what: str) -> NameForm:
    pattern = re.compile(who + what, re.DOTALL)
    return NameForm(pattern, account="{name}_{user}", student="{name}", tells_late=True)


CANVAS = Platform(
    key="canvas",
    title="Canvas",
    export="archive `…_submissions.zip`, flat",
    who="name in small letters without blanks and user id; a group's name and one member's id where groups hand in; "
    "`anon_…` where marking is anonymous",
    when="`LATE` or not",
    attempt="the current one only; of files with one name the one with `-1` is the later",
    lacks="times, addresses, earlier attempts, members of groups",
    known_by="canvas",
    forms=(
        NameForm(_ANONYMOUS_FILE, account="{who}", student="{who}", tells_late=True),
        NameForm(re.compile(_ANONYMOUS + _TYPED), account="{who}", student="{who}", tells_late=True),
        _form(_WHO, _FILE),
        _form(_WHO, _TYPED),
    ),
    among_its_own=(_form(_ANYONE, _FILE), _form(_ANYONE, _TYPED)),
)
