"""Which texts of a JSON file are words for a reader, and the same file with those in the language spoken.

A text is known by its context, `file#id.field`: the file, and the way to the text through keys, through ids
(or `name`, or `class`) of objects in lists, and through the numbers of other things in lists.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = Any
PLURAL = {"one", "other"}  # the keys of an object that is the forms of one counted text
_GAP = re.compile(r"\{[^{}]*\}")
_IDS = ("id", "name", "class")
_THE_ARTICLES = {"source": "article"}  # the value of a figure with this source is the article's own words
Path = tuple[str, ...]
Chosen = Callable[[Path], bool]


@dataclass(frozen=True)
class Message:
    """A text to be translated: its context, itself, and that for more than one if it counts something."""

    context: str | None
    text: str
    other: str | None = None


def patterns(written: list[str]) -> Chosen:
    """Return what tells whether a way fits one of these: keys with dots between, `*` any, `**` all below."""
    parsed = [tuple(pattern.split(".")) for pattern in written]
    return lambda path: any(_fits(path, pattern) for pattern in parsed)


def _fits(path: Path, pattern: Path) -> bool:
    if pattern and pattern[-1] == "**":
        path, pattern = path[: len(pattern) - 1], pattern[:-1]
    return len(path) == len(pattern) and all(
        one in ("*", step) for step, one in zip(path, pattern, strict=True)
    )


def messages(file: str, tree: Json, is_chosen: Chosen) -> Iterator[Message]:
    """Yield each text of a file that is chosen by its keys, in the order of the file."""
    found: list[Message] = []
    translate(file, tree, is_chosen, _noting(found))
    yield from found


def _noting(found: list[Message]) -> Callable[[Message], Json]:
    def note(message: Message) -> Json:
        found.append(message)
        return message.text

    return note


def translate(file: str, tree: Json, is_chosen: Chosen, say: Callable[[Message], Json]) -> Json:
    """Return a file with `say` of each chosen text in its place; the rest is the same, not copied."""
    return _said(tree, _Way(f"{file}#", ()), is_chosen, say)


@dataclass(frozen=True)
class _Way:
    """The way to a value: its context so far, and its keys as patterns have them."""

    context: str
    keys: Path

    def to(self, step: str, key: str) -> "_Way":
        joint = "" if self.context.endswith("#") else "."
        return _Way(f"{self.context}{joint}{step}", (*self.keys, key))


def _said(value: Json, way: _Way, is_chosen: Chosen, say: Callable[[Message], Json]) -> Json:
    if isinstance(value, str):
        return say(Message(way.context, value)) if _is_text(value) and is_chosen(way.keys) else value
    if isinstance(value, dict):
        if value.keys() == PLURAL and is_chosen(way.keys):
            return say(Message(way.context, value["one"], value["other"]))
        kept = "value" if _THE_ARTICLES.items() <= value.items() else None
        return {
            key: each if key == kept else _said(each, way.to(key, key), is_chosen, say)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        steps = (_step(each, number) for number, each in enumerate(value))
        return [
            _said(each, way.to(step, "*"), is_chosen, say) for each, step in zip(value, steps, strict=True)
        ]
    return value


def _is_text(value: str) -> bool:
    """Tell whether a text has words, or punctuation that joins others: around gaps, or beside a blank."""
    bare = _GAP.sub("", value)
    joins = bare != value or value != value.strip()
    return any(map(str.isalpha, bare)) or (joins and bool(bare.strip()))


def _step(each: Json, number: int) -> str:
    known = (each.get(key) for key in _IDS) if isinstance(each, dict) else ()
    return next((text for text in known if isinstance(text, str)), str(number))
