# The training code is graded by `grader batch`.
