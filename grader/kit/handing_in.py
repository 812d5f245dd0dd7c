"""What a kit's pages say about handing in, experiments and further reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from textwrap import fill

from grader.course.rubric.experiments import Experiments
from grader.course.rubric.model import Rubric
from grader.course.rubric.submissions import Submissions
from grader.kit.words import escaped, paragraph

# The requirements file for experiments.
EXPERIMENTS = "requirements-experiments.txt"


def how_words(submissions: Submissions) -> Iterator[str]:
    """Yield the deadline and the name and content of what to hand in, as far as the rubric gives them."""
    said = [f"until {submissions.until}"] if submissions.deadline else []
    said += [f"as {_code(submissions.called)}"] if submissions.called else []
    if said:
        yield paragraph(f"Hand in {', '.join(said)}.")
    if submissions.layout:
        yield f"```\n{submissions.layout.rstrip()}\n```"
    if submissions.rules:
        yield "\n".join(
            fill(escaped(rule), 110, initial_indent="- ", subsequent_indent="  ") for rule in submissions.rules
        )


def counting_words(rubric: Rubric) -> Iterator[str]:
    """Yield the section on how marks become the final mark, if the rubric has rules for it."""
    if rubric.policy_sentences:
        said = (
            fill(escaped(rule), 110, initial_indent="- ", subsequent_indent="  ") for rule in rubric.policy_sentences
        )
        yield "\n".join(["## How marks count\n", *said])


def together_words(rubric: Rubric) -> Iterator[str]:
    """Yield how the work that a person marks is found, if there is any."""
    if any(criterion.manual for criterion in rubric.criteria):
        some = [_code(name.replace("*", "")) for name in rubric.handed_in[:2]]
        called = f", called {' or '.join(some)}," * bool(some)
        yield paragraph(
            "What a person marks is found by the file names in the questions, and in a notebook by the heading of its "
            "question. In a notebook both your text and your code's output count: save it with its outputs. One "
            f"report for several questions{called} is fine: files without a question's name are shown with all."
        )


def experiment_words(experiments: Experiments, formats: Collection[str]) -> Iterator[str]:
    """Yield the section on packages, data and networks for experiments."""
    if not (experiments.packages or experiments.sources or experiments.recording):
        return
    yield "## Experiments"
    if experiments.packages:
        yield paragraph("Pictures, training runs and trained networks need additional packages:")
        yield f"```sh\npython -m pip install -r {EXPERIMENTS}\n```"
    if experiments.sources or experiments.recording:
        where = "programs that are started in `student/`" + " and for the notebook" * ("ipynb" in formats)
        yield paragraph(f"The following lines are for {where}, which begin with:")
        yield '```python\nimport sys\nsys.path.append("../provided")  # what this kit provides\n```'
    for source in experiments.sources:
        yield paragraph(f"**{escaped(source.name)}**: {escaped(source.place)}.")
        yield f"```python\n{source.load.rstrip()}\n```"
    if experiments.recording:
        own = "In a notebook leave out the import of your own function. " * ("ipynb" in formats)
        yield paragraph(
            "**The record that you hand in** is written once by a script of your own in `student/`, such as this one; "
            f"settings and roll number are examples, put yours in their place. {own}".strip()
        )
        yield f"```python\n{experiments.recording.rstrip()}\n```"


def reading_words(rubric: Rubric) -> Iterator[str]:
    """Yield the section on optional reading, which earns no marks."""
    if rubric.reading:
        texts = (fill(escaped(text), 110, initial_indent="- ", subsequent_indent="  ") for text in rubric.reading)
        yield "\n".join(["## Further reading\n", *texts])


def _code(text: str | None) -> str:
    return f"`{text}`"
