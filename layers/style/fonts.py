"""The typefaces: those shipped with matplotlib, measured without hinting, so that every machine agrees."""

import io
import json
import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from layers.language.capitals import capitals

_RULES: dict[str, Any] = json.loads((Path(__file__).parent / "fonts.json").read_text(encoding="utf-8"))
_MEASURED_AT = 64.0  # points; widths are proportional
_ASCENT, _DESCENT = 0.76, 0.24  # of the size: what letters reach above and below the line they stand on
_LEADING = 1.3  # of the size, from line to line
_LONGEST = 2_000  # characters of a text; the rest would not be seen
_SHAPING = ("GDEF", "GPOS", "GSUB")  # tables of a face
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Style:
    """How a text is set: size in units, face, colour (a name), capitals, what stands between letters."""

    size: float
    face: str
    colour: str
    upper: bool = False
    spacing: str = ""
    width: float | None = None
    mark: str | None = None

    @property
    def leading(self) -> float:
        """From line to line, in units."""
        return self.size * _LEADING

    @property
    def ascent(self) -> float:
        """What the letters reach above their line, in units."""
        return self.size * _ASCENT

    @property
    def descent(self) -> float:
        """What the letters reach below their line, in units."""
        return self.size * _DESCENT

    def written(self, text: str, lang: str) -> str:
        """Return a text as this style writes it: capitals as its language has them, letters apart."""
        text = printable(text, self.face)
        if self.upper:
            text = capitals(text, lang)
        return "".join(f"{self.spacing}{letter}" for letter in text).removeprefix(self.spacing)

    def measure(self, text: str) -> float:
        """Return how wide a written text is, in units, with no kerning, which only brings letters closer."""
        return sum(_advance(letter, self.face) for letter in text) * self.size

    def wrap(self, text: str, width: float, *, whole: bool = False) -> list[str]:
        """Return a written text in lines of at most a width in units.

        A word wider than that, an address say, goes on in the next line if the text is to be `whole`;
        else it is cut.
        """
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self.measure(f"{lines[-1]} {word}") <= width:
                lines[-1] += f" {word}"
            else:
                lines += self._pieces(word, width) if whole else [self.cut(word, width)]
        return lines

    def _pieces(self, word: str, width: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.measure(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def cut(self, text: str, width: float) -> str:
        """Return a written text, shortened with an ellipsis if it is wider than a width in units."""
        if self.measure(text) <= width:
            return text
        while text and self.measure(f"{text}…") > width:
            text = text[: min(len(text) - 1, int(len(text) * 0.9))]
        return f"{text}…"


@cache
def style(group: str, kind: str) -> Style:
    """Return a style of `fonts.json`."""
    return Style(**_RULES[group][kind])


@cache
def font(face: str) -> FontProperties:
    """Return the font of a face. A file, not a family: the system may have another DejaVu Sans."""
    return FontProperties(fname=file_of(face))


@lru_cache(maxsize=32)
def subset_woff(face: str, letters: frozenset[str]) -> str:
    """Return the letters of a face as a font of their own (WOFF), as a data address; the same every time."""
    return f"data:font/woff;base64,{b64encode(subset(face, map(ord, letters), 'woff')).decode()}"


def subset(face: str, code_points: Iterable[int], flavor: str) -> bytes:
    """Return some letters of a face as a font file, of the flavour `woff` or `woff2`; the same every time."""
    options = Options(flavor=flavor, layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]  # the day on which the face was made
    subsetter, content = Subsetter(options), io.BytesIO()
    subsetter.populate(unicodes=sorted(code_points))
    with letters_alone(file_of(face), options) as whole:
        subsetter.subset(whole)
        save_font(whole, content, options)
    return content.getvalue()


def letters_alone(file: str, options: Options) -> TTFont:
    """Open a face without what shapes texts: no picture uses that, and to read it takes fontTools longest."""
    whole = load_font(file, options)
    for table in _SHAPING:
        if table in whole:
            del whole[table]
    return whole


@lru_cache(maxsize=4096)
def printable(text: str, face: str = "regular") -> str:
    """Return a text on one line, without controls, and with a sign for what the face has no letter for."""
    shown = (" " if unicodedata.category(c) in ("Zl", "Zp", "Cc") else c for c in text[:_LONGEST])
    kept = "".join(c for c in shown if unicodedata.category(c)[0] != "C")
    return "".join(c if c in _letters(face) else _REPLACEMENT for c in " ".join(kept.split()))


@cache
def _letters(face: str) -> frozenset[str]:
    return frozenset(map(chr, get_font(file_of(face)).get_charmap()))


@lru_cache(maxsize=4096)
def _advance(letter: str, face: str) -> float:
    """Return how far a letter moves the pen, in parts of the size; not fitted to pixels."""
    measured = get_font(file_of(face))
    measured.set_size(_MEASURED_AT, 72)
    glyph = measured.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _MEASURED_AT


def file_of(face: str) -> str:
    """Return where the file of a face is."""
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _RULES["faces"][face])
