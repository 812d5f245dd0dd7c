"""Answer sheets: a network calculated by hand, with values allotted to each student, and followed through."""

from grader.sheets.form import FUNCTIONS, Form, Quantity
from grader.sheets.marking import Judged, Marked, State
from grader.sheets.sheet import Sheet

__all__ = ["FUNCTIONS", "Form", "Judged", "Marked", "Quantity", "Sheet", "State"]
