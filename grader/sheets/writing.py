"""The sheet as a student gets it: plain text to fill in with any editor, or printed and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import fill

import numpy as np

from grader.sheets.form import Array, Form, Quantity, Values
from grader.sheets.units import LOSSES, UNITS

WIDTH = 78
_TITLES = {
    "net_inputs": "Net inputs of layer {0}: the weighted sum of what comes in{bias}",
    "outputs": "Outputs of layer {0}: the activation of each net input",
    "errors": "Errors: output minus target",
    "loss": "The loss E",
    "deltas": "Deltas of layer {0}: the derivative of E by each net input of layer {0}",
    "weight_gradients": "The derivative of E by each weight of layer {0}",
    "bias_gradients": "The derivative of E by each bias of layer {0}",
    "updated_weights": "The weights of layer {0} after the step",
    "updated_biases": "The biases of layer {0} after the step",
}


def sheet_text(title: str, roll: str, form: Form, given: Values, answers: Values) -> str:
    """Return a sheet with the given values and the known `answers`; the rest is left blank."""
    lines = [title, "=" * min(len(title), WIDTH), "", f"Roll number: {roll}", "", *_how_to(form)]
    lines += ["", "GIVEN (leave these lines as they are)", ""]
    for quantity in form.given:
        lines += [*_entries(quantity, given[quantity.name], _exactly), ""]
    lines += ["ANSWERS (write behind each =)"]
    for number, quantity in enumerate(form.asked, start=1):
        values = answers.get(quantity.name)
        lines += ["", f"{number}. {_title(form, quantity)}", ""]
        lines += _entries(quantity, values, lambda value: rounded(value, form.spec.digits))
    return "\n".join(lines) + "\n"


def rounded(value: float, digits: int) -> str:
    """Return a number with this many significant digits, never in powers of ten."""
    if value == 0:
        return "0"
    text = f"{value:.{digits - 1}e}"
    return f"{float(text):.{max(0, digits - 1 - int(text.partition('e')[2]))}f}"


def _exactly(value: float) -> str:
    return np.format_float_positional(value, trim="0")


def _entries(quantity: Quantity, values: Array | None, write: Callable[[float], str]) -> Iterator[str]:
    for place, entry in enumerate(quantity.entries):
        yield f"{entry:<12} = {write(float(values.flat[place])) if values is not None else ''}".rstrip()


def _title(form: Form, quantity: Quantity) -> str:
    has_bias = quantity.layer > 0 and form.spec.layers[quantity.layer - 1].biases
    return _TITLES[quantity.function].format(quantity.layer, bias=", and the bias" if has_bias else "")


def _how_to(form: Form) -> Iterator[str]:
    spec = form.spec
    yield "THE NETWORK"
    yield ""
    yield f"  {_chain(form)}"
    yield ""
    for number, layer in enumerate(spec.layers, start=1):
        yield f"  layer {number}: {UNITS[layer.activation].words}{'' if layer.biases else '; no biases'}"
    yield f"  {LOSSES[spec.loss].words}"
    yield ""
    for paragraph in (
        "x are the inputs, t the targets, eta the learning rate. W1[2,1] is the weight of layer 1 that leads to its "
        "unit 2 from unit 1 of what lies below; b1[2] is the bias of that unit 2.",
        "Do one step of gradient descent: work out each value below for this one example. All derivatives are taken "
        "at the weights that are given, also those for the lower layers; after the step means the old value less eta "
        "times its derivative.",
        f"Give each answer to {spec.digits} significant digits (0.01234 has four), and carry more while you calculate. "
        "A wrong value costs once: what follows rightly from it is right.",
        "Fill in with a text editor and save as plain text. 0.5 and 0,5 are the same, words behind a # are yours, and "
        "a calculation may stand before the answer, as in: = 0.5 * 0.4 + 0.1 = 0.3000",
    ):
        yield fill(paragraph, WIDTH)
        yield ""


def _chain(form: Form) -> str:
    names = [f"{form.spec.inputs} input{'s' * (form.spec.inputs > 1)}"]
    for number, layer in enumerate(form.spec.layers, start=1):
        names.append(f"layer {number} ({layer.units} unit{'s' * (layer.units > 1)})")
    return " --> ".join(names)
