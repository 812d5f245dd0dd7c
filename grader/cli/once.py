"""A command whose options cannot override themselves."""

from __future__ import annotations

from collections import Counter
from typing import Any

import typer
from typer.core import TyperCommand


class OnceEach(TyperCommand):
    """Rejects an option that is given more than once but takes one value: all but the last would be ignored."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments. Raises a usage error for a repeated option."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        options = (param for param in given if param.param_type_name == "option")
        for param, times in Counter(options).items():
            if times > 1 and not getattr(param, "multiple", False) and not getattr(param, "is_flag", False):
                ctx.fail(f"{param.opts[0]} is given {times} times, but takes only one value")
        return super().parse_args(ctx, args)


class Commands(typer.Typer):
    """The commands of a program, each of which accepts each option once."""

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """Add a command."""
        return super().command(*args, cls=OnceEach, **kwargs)
