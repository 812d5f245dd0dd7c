"""Replacements for tqdm and IPython if they are not installed or not listed: the same names, and nothing is shown.

Progress bars and cells that display something are everywhere in student code, and no question is about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from types import ModuleType, TracebackType
from typing import Any


class tqdm:
    """Iterates as `iterable` does, counts in `n`, and accepts everything that a progress bar does."""

    def __init__(
        self, iterable: Any = None, desc: str | None = None, total: float | None = None,
        *args: object, initial: int = 0, **kwargs: object,
    ) -> None:  # fmt: skip
        self.iterable = iterable
        self.desc = desc or ""
        self.total = total
        if total is None and hasattr(self.iterable, "__len__"):
            self.total = len(self.iterable)
        self.n: float = initial
        self.initial = initial
        self.disable = bool(kwargs.get("disable", False))
        self.leave = kwargs.get("leave", True)
        self.postfix: object = kwargs.get("postfix")

    def __iter__(self) -> Iterator[Any]:
        for item in self.iterable or ():
            yield item
            self.n += 1

    def __len__(self) -> int:
        return int(self.total or 0)

    def __bool__(self) -> bool:
        return self.iterable is not None or self.total is not None

    def __contains__(self, item: object) -> bool:
        return item in (self.iterable or ())

    def __reversed__(self) -> Iterator[Any]:
        return iter(reversed(self.iterable))

    def __enter__(self) -> tqdm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def update(self, n: float | None = 1) -> bool | None:
        """Add `n` to the count."""
        self.n += 1 if n is None else n
        return None

    def reset(self, total: float | None = None) -> None:
        """Set the count to 0."""
        self.n = 0
        self.total = self.total if total is None else total

    def set_description(self, desc: str | None = None, refresh: bool | None = True) -> None:
        """Keep the description."""
        self.desc = desc or ""

    def set_postfix(self, ordered_dict: object = None, refresh: bool | None = True, **kwargs: object) -> None:
        """Keep what would be shown after the bar."""
        self.postfix = ordered_dict if ordered_dict is not None else kwargs

    set_description_str = set_description
    set_postfix_str = set_postfix

    @property
    def format_dict(self) -> dict[str, Any]:
        """What the bar would show, without times."""
        return {"n": self.n, "total": self.total, "elapsed": 0.0, "rate": None, "prefix": self.desc}

    @classmethod
    def write(cls, s: str, file: Any = None, end: str = "\n", nolock: bool = False) -> None:
        """Print a line."""
        print(s, file=file, end=end)

    @classmethod
    def pandas(cls, *args: object, **kwargs: object) -> None:
        """Do nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Ignore anything else that a bar supports, such as refresh, clear, close or display."""
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


def trange(*args: int, **kwargs: Any) -> tqdm:
    """Return ``tqdm(range(*args))``."""
    return tqdm(range(*args), **kwargs)


def tenumerate(iterable: Iterable[Any], start: int = 0, **kwargs: object) -> Iterator[tuple[int, Any]]:
    """Return ``enumerate(iterable, start)``, as tqdm.contrib does."""
    return enumerate(iterable, start)


def tzip(*iterables: Iterable[Any], **kwargs: object) -> Iterator[tuple[Any, ...]]:
    """Return ``zip(*iterables)``, as tqdm.contrib does."""
    return zip(*iterables, strict=False)


def tmap(function: Callable[..., Any], *iterables: Iterable[Any], **kwargs: object) -> Iterator[Any]:
    """Return ``map(function, *iterables)``, as tqdm.contrib does."""
    return map(function, *iterables)


def thread_map(function: Callable[..., Any], *iterables: Iterable[Any], **kwargs: object) -> list[Any]:
    """Return ``list(map(function, *iterables))``, as tqdm.contrib.concurrent does."""
    return list(map(function, *iterables))


def logging_redirect_tqdm(*args: object, **kwargs: object) -> nullcontext[None]:
    """Redirect nothing: there is no bar to disturb."""
    return nullcontext()


class Shown:
    """What a notebook would show, and its handle: accepts any call."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Show nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Ignore anything that a handle supports."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


def clear_output(wait: bool = False) -> None:
    """Clear nothing."""


def get_ipython() -> None:
    """Return None, as outside a notebook."""


# The names in tqdm and all of its modules that are replaced here.
TQDM: dict[str, object] = {
    "tqdm": tqdm, "trange": trange, "tqdm_notebook": tqdm, "tnrange": trange, "tenumerate": tenumerate, "tzip": tzip,
    "tmap": tmap, "thread_map": thread_map, "process_map": thread_map,
    "logging_redirect_tqdm": logging_redirect_tqdm, "TqdmWarning": Warning,
    "TqdmExperimentalWarning": Warning, "__version__": "0",
}  # fmt: skip
# The same of IPython.
_SHOWN = (
    "Audio", "Code", "HTML", "Image", "Javascript", "JSON", "Latex", "Markdown", "Math", "Pretty", "SVG",
    "Video",
)  # fmt: skip
IPYTHON: dict[str, object] = {
    **dict.fromkeys(_SHOWN, Shown), "clear_output": clear_output, "get_ipython": get_ipython,
    "set_matplotlib_formats": Shown, "version_info": (0, 0, 0), "__version__": "0",
}  # fmt: skip


class _Package(ModuleType):
    """A package that is also all of its modules, and the function of the same name: ``IPython.display``."""

    def __call__(self, *args: object, **kwargs: object) -> Shown:
        return Shown(*args, **kwargs)


def _package(name: str, names: dict[str, object], modules: tuple[str, ...]) -> ModuleType:
    package = _Package(name)
    package.__dict__.update({**names, **dict.fromkeys(modules, package)})
    return package


_BARS = ("asyncio", "auto", "autonotebook", "cli", "contrib", "gui", "notebook", "rich", "std", "utils")
# Only for the submission's own code, which is why these are not in `sys.modules`.
STAND_INS = {
    "tqdm": _package("tqdm", TQDM, (*_BARS, "concurrent", "logging")),
    "IPython": _package("IPython", IPYTHON, ("core", "display", "lib", "terminal", "utils")),
}
