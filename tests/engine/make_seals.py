"""Write an assignment's seals, as for its kit: a process of its own.

python make_seals.py COURSE ASSIGNMENT SEALS
"""

import sys
from pathlib import Path

from grader.course.folder import Course
from grader.desk import seals
from grader.kit import sealing

root, assignment, file = sys.argv[1:]
course = Course(Path(root))
Path(file).write_text(seals.written(sealing.sealed_sentences(course, course.rubric(assignment))), encoding="utf-8")
