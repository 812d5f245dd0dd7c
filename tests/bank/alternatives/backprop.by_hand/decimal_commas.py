"""A sheet as it is written where numbers have a decimal comma, with spaces, words and working."""

import re


def written(text):
    given, answers = text.split("ANSWERS")
    answers = re.sub(r"= (-?\d+)\.(\d+)", r"= 1 * (...) = \1,\2 (rounded)  # a note: = 3", answers)
    return "\ufeff" + (given + "ANSWERS" + answers).replace("\n", "\r\n")
