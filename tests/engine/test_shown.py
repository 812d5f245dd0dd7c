"""What cells show is found in every form that notebooks have, as inert text and bytes, within bounds."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course.rubric.load import load_rubric
from grader.handmarking.kinds import is_drawing, is_picture
from grader.handmarking.question_names import QuestionNames, labels_of
from grader.handmarking.sections import passages
from grader.sandbox.notebooks import NotebookCell
from grader.worker.reading.markdown import MAX_PICTURES, notebook_cells
from grader.worker.reading.shown import shown, without_data

ROOT = Path(__file__).parents[2]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
CODED = base64.b64encode(PIXEL).decode()
ROWS = "<tr><th></th><th>loss</th></tr>\n <tr><td>sgd</td><td>0.5</td></tr>"
TABLE = f"<style>td {{color: red}}</style><table>\n {ROWS}</table>"


def output(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {key.replace("__", "/"): value for key, value in data.items()}}


def stream(text: str | list[str]) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (stream(["epoch 1\n", "epoch 2\n"]), "epoch 1\nepoch 2\n"),
        (stream("\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link"), "red link"),
        (stream(" 0%|   \r 50%|#  \r100%|###\ndone"), "100%|###\ndone"),
        ({"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}, "ValueError: no"),
        (output(text__html=TABLE), "\tloss\nsgd\t0.5"),
        (output(text__html=TABLE, text__plain="     loss\nsgd   0.5"), "     loss\nsgd   0.5"),
        (output(text__html="<p>one<br>two</p><script>alert(1)</script>"), "one\ntwo"),
        (output(text__plain="<Figure size 640x480 with 1 Axes>"), ""),
        (output(text__plain=["3", ".5"]), "3.5"),
        (output(application__json={"a": 1}), "(something of the kind application/json, which only the notebook shows)"),
        ({"output_type": "pyout", "text": ["old"], "prompt_number": 1}, "old"),
        ({"output_type": "stream"}, ""),
        ({"output_type": 3, "data": [], "text": 5}, ""),
    ],
)
def test_an_output_is_the_text_that_a_person_sees(one: dict[str, Any], text: str) -> None:
    assert shown({"outputs": [one]}) == (text, [])


@pytest.mark.parametrize(
    ("one", "picture"),
    [
        (output(image__png=CODED + "\n", text__plain="<Figure>"), ("png", PIXEL)),
        (output(image__png=[CODED[:10], CODED[10:]]), ("png", PIXEL)),
        (output(image__gif=CODED), ("gif", PIXEL)),
        ({"output_type": "display_data", "png": CODED}, ("png", PIXEL)),
        (output(application__pdf=CODED), ("pdf", PIXEL)),
        (output(**{"image__svg+xml": ["<svg>", "</svg>"]}), ("svg", b"<svg></svg>")),
        (output(text__html=f'<img width="3" src="data:image/png;base64,{CODED}">'), ("png", PIXEL)),
    ],
)
def test_an_output_is_the_picture_that_a_person_sees(one: dict[str, Any], picture: tuple[str, bytes]) -> None:
    """Catches: plots that stand in no cell's text, but below its code, are not looked at (formats 3 and 4)."""
    assert shown({"outputs": [one]}) == ("", [picture])


def test_of_an_animation_in_html_some_frames_are_seen() -> None:
    """Catches: matplotlib's to_jshtml, whose frames stand in a script, and to_html5_video."""
    import matplotlib.pyplot as plt
    from matplotlib.animation import FuncAnimation

    figure, axes = plt.subplots(figsize=(1, 1))
    html = FuncAnimation(figure, lambda number: axes.plot([0, number]), frames=7).to_jshtml()
    plt.close(figure)
    _, pictures = shown({"outputs": [output(text__html=html, text__plain="<IPython.core.display.HTML object>")]})
    assert len({data for _, data in pictures}) == 3
    assert all(is_picture("png", data) for _, data in pictures)
    video = f'<video controls><source type="video/mp4" src="data:video/mp4;base64,{CODED}"></video>'
    assert shown({"outputs": [output(text__html=video)]}) == ("", [("mp4", PIXEL)])


def test_pictures_that_are_none_are_passed_over_and_the_others_stay() -> None:
    outputs = [output(image__png="no base64!", text__plain="said"), output(image__png=CODED), "nonsense", None]
    assert shown({"outputs": outputs}) == ("said", [("png", PIXEL)])
    assert shown({"outputs": "none"}) == shown({}) == ("", [])


def test_a_long_output_keeps_its_beginning_and_its_end() -> None:
    text, _ = shown({"outputs": [stream("begin" + "x" * 100_000 + "end")]})
    assert text.startswith("begin")
    assert text.endswith("end")
    assert len(text) < 15_000


def test_a_picture_written_out_in_a_text_is_taken_out_of_it() -> None:
    text, pictures = without_data(f"before ![plot](data:image/png;base64,{CODED}) after")
    assert (text, pictures) == ("before ![plot]((a picture, shown by itself)) after", [("png", PIXEL)])


def test_there_are_bounds_for_all_pictures_of_a_submission(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": "", "outputs": [output(image__png=CODED)] * 30}] * 20
    (tmp_path / "work.ipynb").write_text(json.dumps({"cells": cells}))
    found = [cell[4] for cell in notebook_cells(tmp_path, ["work.ipynb"])]
    assert sum(len(pictures) for pictures in found if isinstance(pictures, list)) == MAX_PICTURES


def test_only_what_is_a_picture_is_shown_as_one() -> None:
    huge = PIXEL[:16] + (60_000).to_bytes(4) * 2 + PIXEL[24:]
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01"
    assert is_picture("png", PIXEL)
    assert is_picture("gif", b"GIF89a\x10\x00\x10\x00")
    assert is_picture("jpg", jpeg)
    assert not any(
        (
            is_picture("png", b"<svg onload=alert(1)>"),
            is_picture("gif", PIXEL),
            is_picture("png", huge),
            is_picture("jpg", jpeg[:12]),
            is_picture("jpg", b"\xff\xd8\xff" + b"\xff" * 50),
            is_picture("pdf", b"%PDF"),
        )
    )
    assert is_drawing(b'<?xml version="1.0"?><svg></svg>')
    assert not is_drawing(b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>')
    assert not is_drawing(b"<html><script>")


@pytest.mark.parametrize(
    ("ending", "head"),
    [
        ("png", lambda width, height: PIXEL[:16] + width.to_bytes(4) + height.to_bytes(4)),
        ("gif", lambda width, height: b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little")),
        (
            "jpeg",
            lambda width, height: (
                b"\xff\xd8\xff\xdb\x00\x06wxyz\xff\xff\xc2\x00\x0b\x08" + height.to_bytes(2) + width.to_bytes(2)
            ),
        ),
    ],
)
def test_a_picture_has_at_most_a_hundred_million_pixels(ending: str, head: Callable[[int, int], bytes]) -> None:
    """Catches: a size of which a byte too few or too many is read."""
    for width, height in ((50_000, 2_000), (2_000, 50_000), (10_000, 10_000), (257, 513)):
        assert is_picture(ending, head(width, height))
        assert is_picture(ending, head(width, height) + b"\xff")
    for width, height in ((50_000, 2_001), (2_001, 50_000), (40_001, 2_500), (2_500, 40_001)):
        assert not is_picture(ending, head(width, height))
    assert not is_picture(ending, head(1, 1)[:-1])


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("1 (a) Vanilla backprop", ["1a"]),
        ("2 The GIF of the paths", ["2"]),
        ("(5a, 5c) Fifteen epochs", ["5a", "5c"]),
        ("2.5 to 2.7 What the experiments show", ["2.5", "2.6", "2.7"]),
        ("1.1, 1.2 In words", ["1.1", "1.2"]),
        ("B1 The derivations on paper", ["b1"]),
        ("A Findings", ["a"]),
        ("Convolution, forwards", []),
        ("Code that can be read", []),
    ],
)
def test_the_labels_of_a_title(title: str, labels: list[str]) -> None:
    assert [*labels_of(title)] == labels


def names(assignment: str) -> QuestionNames:
    return QuestionNames(load_rubric(ROOT / "rubrics" / f"{assignment}.yaml").questions)


@pytest.mark.parametrize(
    ("assignment", "heading", "questions"),
    [
        ("iith-ai5100-2023-a3", "Problem 1", ["saliency.picture"]),
        ("iith-ai5100-2023-a3", "2 (b) SGD with momentum", ["optimizers.picture"]),
        ("iith-ai5100-2023-a3", "1 Imports", []),
        ("iith-ai5100-2022-hw4", "Question 5(b): activation maps", ["pictures.maps"]),
        ("iith-ai5100-2022-hw4", "Q6", ["pictures.embedding"]),
        ("convnets-2020-hw2", "2.6 Batch normalisation", ["experiments.report"]),
        ("convnets-2020-hw2", "Question 1", ["convolution.assumptions", "counting.reasoning"]),
        ("convnets-2020-hw2", "Question 3.2", ["fooling.shown"]),
        ("convnets-2020-hw2", "Conclusion", []),
        ("rrc-2021-a2", "Question 3: Hands on!", ["ablation.report", "leaderboard.report"]),
        ("rrc-2021-a2", "3.1 Dropout", ["ablation.report"]),
        ("cs6910-2020-pa2", "Part-A", ["decay.report"]),
        ("cs6910-2020-pa2", "Part B", ["activations.derivations", "losses.derivations", "backprop.written"]),
    ],
)
def test_a_heading_in_the_papers_own_words_names_the_questions(
    assignment: str, heading: str, questions: list[str]
) -> None:
    known = names(assignment)
    assert [*known.marked_for(known.in_heading(heading))] == questions


@pytest.mark.parametrize(
    ("assignment", "file", "questions"),
    [
        ("convnets-2020-hw2", "work/Q3_cat.JPG", ["fooling.shown"]),
        ("convnets-2020-hw2", "Question 4/map.png", ["localisation.shown"]),
        ("convnets-2020-hw2", "2.6_curves.gif", ["experiments.report"]),
        ("convnets-2020-hw2", "img1.png", []),
        ("iith-ai5100-2022-hw4", "draw_maps.png", ["pictures.maps"]),
        ("iith-ai5100-2022-hw4", "5b.png", ["pictures.maps"]),
        ("cs6910-2020-pa2", "part_b1.pdf", ["activations.derivations"]),
        ("cs6910-2020-pa2", "curves.png", []),
    ],
)
def test_a_file_by_another_name_is_known_by_the_number_or_function_in_it(
    assignment: str, file: str, questions: list[str]
) -> None:
    assert [*names(assignment).in_file(file)] == questions


def test_what_code_shows_belongs_to_the_question_of_its_functions_or_of_the_heading() -> None:
    def code(number: int, text: str, said: str = "said") -> NotebookCell:
        return NotebookCell("work.ipynb", number, text, is_code=True, shown=said)

    cells = [
        code(1, "print(1)"),
        code(2, "draw_maps(first, second)"),
        code(8, "accuracy = bottleneck = 3"),
        NotebookCell("work.ipynb", 3, "# Question 5(a)"),
        code(4, "plt.plot(errors)"),
        code(5, "draw_embedding(points, labels, '1')"),
        code(6, "check('pictures.errors')"),
        code(7, "draw_maps(first, second)", said=""),
    ]
    found = [(one.cell.number, one.question) for one in passages(cells, names("iith-ai5100-2022-hw4"))]
    assert found == [(1, None), (2, "pictures.maps"), (8, None), (4, "pictures.errors"), (5, "pictures.embedding")]
