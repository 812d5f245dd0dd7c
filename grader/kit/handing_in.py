"""What a kit's page says of how to hand in, of experiments and of what to read besides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from textwrap import fill

from grader.kit.words import escaped, paragraph
from grader.rubric.experiments import Experiments
from grader.rubric.model import Rubric
from grader.rubric.submissions import Submissions

# What pip installs experiments by.
EXPERIMENTS = "requirements-experiments.txt"


def how_words(submissions: Submissions) -> Iterator[str]:
    """Yield until when work is handed in, what it is called and what it holds, as far as the rubric says."""
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


def together_words(rubric: Rubric) -> Iterator[str]:
    """Yield how what a person marks is found, where there is something."""
    if any(criterion.manual for criterion in rubric.criteria):
        some = [_code(name.replace("*", "")) for name in rubric.handed_in[:2]]
        called = f", called {' or '.join(some)}," * bool(some)
        yield paragraph(
            "What a person marks is found by the names that the questions give it; in a notebook by the heading of its "
            "question, and then both your text and what your code shows count: save the notebook with its outputs. One "
            f"report for several questions{called} is fine: what belongs to no question by its name is shown for all."
        )


def experiment_words(experiments: Experiments, formats: Collection[str]) -> Iterator[str]:
    """Yield the section on packages, data and networks for experiments."""
    if not experiments.packages and not experiments.sources:
        return
    yield "## Experiments"
    if experiments.packages:
        yield paragraph("Pictures, training runs and trained networks need more packages than the checks:")
        yield f"```sh\npython -m pip install -r {EXPERIMENTS}\n```"
    if experiments.sources:
        where = "programs that are started in `student/`" + " and for the notebook" * ("ipynb" in formats)
        yield paragraph(f"What is loaded below is for {where}, which begin with:")
        yield '```python\nimport sys\nsys.path.append("../lent")  # what this kit lends\n```'
    for source in experiments.sources:
        yield paragraph(f"**{escaped(source.name)}**: {escaped(source.place)}.")
        yield f"```python\n{source.load.rstrip()}\n```"


def reading_words(rubric: Rubric) -> Iterator[str]:
    """Yield the section on what to read besides, for no marks."""
    if rubric.reading:
        texts = (fill(escaped(text), 110, initial_indent="- ", subsequent_indent="  ") for text in rubric.reading)
        yield "\n".join(["## Further reading\n", *texts])


def _code(text: str | None) -> str:
    return f"`{text}`"
