"""Print and raise what terminals obey, what is no text, and markup.

Ends as: raised failed
"""

ODD = "\ud800 \x1b[31mred\x1b]0;title\x07 \u202e\x00\r[bold]x[/bold] [link=http://example.org]x[/link] <b>&lt;"


def attack(*args):
    print(ODD)  # noqa: T201
    raise type("Ödd", (ValueError,), {})(ODD)
