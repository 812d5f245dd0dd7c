"""What lines that reproduce a failure need besides `grader.checks`; for models, see `reproduce_torch`."""

from grader.worker.running.props import (
    InPlace,
    call_each,
    call_refilled,
    call_spoilt,
    draw_numbers,
    generator_states,
)

__all__ = ["InPlace", "call_each", "call_refilled", "call_spoilt", "draw_numbers", "generator_states"]
