"""`grader list`: the assignments of a course."""

from __future__ import annotations

from collections import Counter

from grader.cli.edge import show
from grader.cli.options import CourseOption
from grader.course.folder import Course
from grader.course.suites import check_places
from grader.report.overview import assignment_table


def list_assignments(course: CourseOption = None) -> None:
    """List the assignments with their questions, marks and numbers of checks."""
    here = Course.find(course)
    for assignment in here.demand_assignments():
        rubric = here.rubric(assignment)
        checks = Counter(place.criterion for place in check_places(here.suite_files(rubric)))
        show(assignment_table(rubric, checks), "")
