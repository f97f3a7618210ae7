"""The typeface of pages: DejaVu Sans, as in the pictures, a file a script, loaded where needed.

English and Azerbaijani keep the system's Latin letters, which every system has, and cost no byte. A page in
Armenian or Russian is set in ours throughout, so that figures look like the words beside them.
`python -m dashboard.typefaces` makes the files, which are kept in `assets`: that takes fonttools[woff].
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from dashboard.templating import HERE, render
from layers.language.speaking import spoken

_RULES: dict[str, Any] = json.loads((HERE / "typefaces.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Typeface:
    """The letters of a script in a weight: the face of `layers/style/fonts.json`, CSS's weight and range."""

    script: str
    face: str
    weight: int
    letters: str

    @property
    def file(self) -> str:
        """Its file name among the assets."""
        return f"{self.script}-{self.face}.woff2"

    @property
    def family(self) -> str:
        """What CSS calls it: Latin letters have a name of their own, as not every page takes them."""
        return f"{_RULES['family']} Latin" if self.script == "latin" else str(_RULES["family"])

    @property
    def body(self) -> bytes:
        """The file (WOFF2)."""
        return (HERE / "assets" / self.file).read_bytes()


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Return all of them."""
    return tuple(
        Typeface(script, face, weight, letters)
        for script, letters in _RULES["scripts"].items()
        for face, weight in _RULES["weights"].items()
    )


def of_the_language() -> tuple[Typeface, ...]:
    """Return those that a page in the language that is spoken is set in; none where the system's do."""
    return tuple(each for each in typefaces() if each.script in _RULES["whole_in"].get(spoken(), ()))


def style_sheet(addresses: dict[str, str]) -> Markup:
    """Return the CSS that declares the typefaces with these addresses, by file name, and sets `--face`."""
    return render(
        "typefaces.css",
        faces=[(each, addresses[each.file]) for each in typefaces() if each.file in addresses],
        family=_RULES["family"],
        whole_in=_RULES["whole_in"],
    )


def written_in() -> dict[str, str]:
    """Return the data addresses of what a page that needs no other file is set in, by file name."""
    return {
        each.file: f"data:font/woff2;base64,{b64encode(each.body).decode()}" for each in of_the_language()
    }


def _make() -> None:
    """Write the files anew, out of the typeface that matplotlib brings along."""
    from fontTools.subset import parse_unicodes  # noqa: PLC0415

    from layers.style.fonts import subset  # noqa: PLC0415 - matplotlib is slow to load

    for each in typefaces():
        letters = parse_unicodes(each.letters.replace("U+", ""))
        (HERE / "assets" / each.file).write_bytes(subset(each.face, letters, "woff2"))


if __name__ == "__main__":
    _make()
