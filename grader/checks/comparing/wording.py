"""Words of failures: verbs that agree in number with a check's noun, and the kind for values that differ."""

from __future__ import annotations

import re

WRONG_VALUES = "wrong values"
PLURAL = {"has": "have", "is": "are", "holds": "hold", "does": "do"}
_DETERMINED = re.compile(r"(the|its|their|your|all|both) ", re.IGNORECASE)
# The end of the noun that decides, in phrases such as "the losses of the steps" and "the targets returned".
_AFTER_THE_NOUN = re.compile(
    r",? (after|and|as|at|before|beside|between|by|for|from|given|handed|in|of|on|over|passed|restored|returned|that|to"
    r"|under|where|which|with|without)\b.*"
)
# Not loss, axis, radius, bias, series.
_MANY = re.compile(r"(?!series)[\w-]*([^\W\disua]|ie)s")


def told(what: str, verb: str) -> str:
    """Return e.g. ``the map has`` or ``the maps have``: `what` with the matching form of `verb`, a key of `PLURAL`."""
    phrase = what.rpartition(": ")[2]
    noun = _AFTER_THE_NOUN.sub("", phrase).rpartition(" ")[2]
    many = _DETERMINED.match(phrase) is not None and _MANY.fullmatch(noun) is not None
    return f"{what} {PLURAL[verb] if many else verb}"
