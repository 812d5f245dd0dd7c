"""A hand-in of each assignment in the form that its paper asks for: every part reaches whoever marks it."""

from __future__ import annotations

import base64
import csv
import io
import json
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PDF = b"%PDF-1.4 a scan of "
# Which questions are told the file or cell by its name, and under "" what is offered for all.
Places = dict[str, Collection[bytes]]


def picture(number: int) -> bytes:
    """A PNG as wide as a number says, so that no two are alike."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", number, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(number + 1)))
        + chunk(b"IEND", b"")
    )


def text(words: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": words}


def code(source: str, *pictures: int, printed: str = "") -> dict[str, Any]:
    """A cell of code with the pictures and the text that it shows."""
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {
            "image/png": base64.b64encode(picture(number)).decode(), "text/plain": "<Figure size 640x480 with 1 Axes>",
        }}
        for number in pictures
    ]  # fmt: skip
    said = [{"output_type": "stream", "name": "stdout", "text": printed}] * bool(printed)
    return {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source, "outputs": [*outputs, *said]}


def notebook(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


class Marked:
    """What a batch of one hand-in gives whoever marks it; only criteria that a person marks are graded."""

    def __init__(self, assignment: str, name: str, content: bytes, folder: Path) -> None:
        inbox, self.out = folder / "inbox", folder / "out"
        inbox.mkdir()
        (inbox / name).write_bytes(content)
        rubric = ROOT / "rubrics" / f"{assignment}.yaml"
        by_hand = [line.partition("id: ")[2].split(",")[0] for line in _whole_lines(rubric) if "manual: true" in line]
        only = [option for one in by_hand for option in ("--only", one)]
        command = ["batch", inbox, "-a", assignment, "--course", ROOT, "--out", self.out, *only]
        done = subprocess.run(
            [sys.executable, "-m", "grader", *map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with (self.out / "to_mark.csv").open(encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.DictReader(file))
        assert {row["criterion"] for row in self.rows} == set(by_hand)
        self.page = (self.out / "written" / "index.html").read_text(encoding="utf-8")
        self.student = {row["student"] for row in self.rows}

    def contents(self, question: str) -> list[bytes]:
        """Return what is copied for a question, or for none in particular, and is linked in the page."""
        files = sorted((self.out / "written").glob(f"*/{question or 'any-question'}[-.]*"))
        assert all(f"./{file.parent.name}/{file.name}" in self.page for file in files)
        return [file.read_bytes() for file in files]

    def text(self, question: str) -> str:
        return b"\n".join(data for data in self.contents(question) if data[:4] not in (b"\x89PNG", b"%PDF")).decode()

    def pictures(self, question: str) -> set[int]:
        """Return the pictures of a question that the page shows."""
        return {data[19] for data in self.contents(question) if data[:4] == b"\x89PNG"}


def _whole_lines(rubric: Path) -> list[str]:
    """Return the criteria of a rubric, each as one line, whichever way it is written."""
    joined = rubric.read_text(encoding="utf-8").replace("\n        ", ", ")
    return [line for line in joined.splitlines() if line.lstrip().startswith(("- {id: ", "- id: "))]


def test_assignment_3_is_a_notebook_of_the_roll_number(tmp_path: Path) -> None:
    work = notebook(
        text("# Assignment 3"),
        text("## 1. Variants of Backprop for visualizing CNNs"),
        code("def vanilla_backprop(model, images, classes=None):\n    return images"),
        text("### Problem 1: results"),
        code("fig = show(maps)", 1, 2, 3, 4, 5),
        text("The cat's ears matter."),
        text("## Problem 2"),
        code("animate_paths(paths, 'paths.gif')", 6),
        code("print('done')", printed="momentum overshoots\n"),
    )
    marked = Marked("iith-ai5100-2023-a3", "ai22btech11001.ipynb", work, tmp_path)
    assert marked.student == {"ai22btech11001"}
    assert marked.pictures("saliency.picture") == {1, 2, 3, 4, 5}
    assert "The cat's ears matter." in marked.text("saliency.picture")
    assert marked.pictures("optimizers.picture") == {6}
    assert "momentum overshoots" in marked.text("optimizers.picture")
    assert "def vanilla_backprop" in marked.text("code.style")
    assert "## 1. Variants" in marked.text("code.style")


def test_homework_4_is_a_notebook_with_its_curves_maps_and_embeddings(tmp_path: Path) -> None:
    work = notebook(
        code("record = training_run('sgd')", printed="epoch 15: accuracy 0.84\n"),
        code("draw_errors(record)", 1),
        text("## 5 (b) Activation maps"),
        *(code(f"show_maps({epoch})", 10 + epoch) for epoch in range(1, 16)),
        text("## Question 6"),
        code("plot(embed(first))", 30),
        code("draw_embedding(last, labels, 'after epoch 15')", 31),
    )
    marked = Marked("iith-ai5100-2022-hw4", "AI20BTECH11002-hw4.ipynb", work, tmp_path)
    assert marked.student == {"ai20btech11002"}
    assert marked.pictures("pictures.errors") == {1}
    assert marked.pictures("pictures.maps") == set(range(11, 26))
    assert marked.pictures("pictures.embedding") == {30, 31}
    assert "accuracy 0.84" in marked.text("pictures.errors")  # it is printed by the run whose errors are drawn


def test_homework_2_is_a_zip_of_a_pdf_and_two_notebooks(tmp_path: Path) -> None:
    second = notebook(
        text("# Question 2"),
        code("fit(net)", 1, printed="epoch 1 loss 2.1\n"),
        text("## 2.6 Batch normalization\n\nIt trains faster."),
        code("plot()", 2, 3),
        text("# Conclusion\n\nAll in all"),
    )
    rest = notebook(
        code("saliency_maps(model, images, labels)", 4),
        text("# Question 3"),
        code("plt.imshow(x)", 5),
        text("# Question 4\n\nThe rocket lights up."),
        code("plt.imshow(response)", 6),
    )
    files = {"hw2/Q1.pdf": PDF + b"Q1", "hw2/notebook_q2.ipynb": second, "hw2/last.ipynb": rest}
    marked = Marked("convnets-2020-hw2", "homework.zip", zipped(files), tmp_path)
    assert marked.contents("convolution.assumptions") == marked.contents("counting.reasoning") == [PDF + b"Q1"]
    assert marked.pictures("experiments.report") == {1, 2, 3}
    said = marked.text("experiments.report")
    assert all(words in said for words in ("epoch 1 loss 2.1", "It trains faster.", "All in all"))
    assert marked.pictures("fooling.shown") == {4, 5}
    assert marked.pictures("localisation.shown") == {6}
    assert "The rocket lights up." in marked.text("localisation.shown")


def test_the_summer_school_hands_in_one_zip_with_one_report_for_all(tmp_path: Path) -> None:
    work = notebook(
        text("# Question 3: Hands on!\n\nWe trained on food."),
        code("plot(log)", 1),
        text("## 3.2 Leaderboard\n\nA ResNet."),
    )
    files = {
        "20171001/report.pdf": PDF + b"all answers",
        "20171001/code/main.ipynb": work,
        "20171001/answers/1.3.jpg.pdf": PDF + b"1.3",
        "20171001/dropout curve.png": picture(2),
    }
    marked = Marked("rrc-2021-a2", "20171001.zip", zipped(files), tmp_path)
    assert marked.student == {"20171001"}
    assert PDF + b"all answers" in marked.contents("ablation.report")
    assert marked.contents("backprop.derivation") == [PDF + b"1.3"]
    assert marked.pictures("ablation.report") == {1, 2}
    assert "We trained on food." in marked.text("ablation.report")
    assert "A ResNet." in marked.text("leaderboard.report")
    without = [row for row in marked.rows if row["question"] in ("depth.written", "initialisation.written")]
    assert all("report.pdf" in row["handed_in"] for row in without)


def test_programming_assignment_2_is_an_archive_in_its_layout(tmp_path: Path) -> None:
    top = "cs20b001_PA2"
    files = {
        f"{top}/report.pdf": PDF + b"part A",
        f"{top}/handwritten.pdf": PDF + b"part B",
        f"{top}/B3.jpg": b"\xff\xd8\xff\xe0\x00\x02\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01" + bytes(9),
        f"{top}/code/weight_decay.py": b"def penalty(weights, decay):\n    return 0.0\n",
        f"{top}/plots/accuracy.png": picture(1),
        f"{top}/plots/weight_decay_loss.png": picture(2),
    }
    marked = Marked("cs6910-2020-pa2", f"{top}.tar.gz", tarred(files), tmp_path)
    assert marked.student == {"cs20b001"}
    assert marked.pictures("decay.report") == {2}
    assert marked.pictures("") == {1}
    assert {PDF + b"part A", PDF + b"part B"} <= set(marked.contents(""))
    assert [data[:3] for data in marked.contents("backprop.written")] == [b"\xff\xd8\xff"]
    for row in marked.rows:
        assert "report.pdf" in row["handed_in"]
        assert "handwritten.pdf" in row["handed_in"]
