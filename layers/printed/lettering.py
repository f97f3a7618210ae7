"""Text that stays text in SVG and PDF, so that it can be found, copied and read aloud: each once."""

from collections.abc import Iterable
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_pdf import RendererPdf, Verbatim
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.text import Text

from layers.style.fonts import Style, font, subset_woff

FAMILY = "karabakh-2020"  # of the letters that an SVG carries; the others where a program can't read these
_FAMILIES = f"{FAMILY}, 'DejaVu Sans', Verdana, sans-serif"
_CSS = {
    "regular": {},
    "bold": {"font-weight": "bold"},
    "italic": {"font-style": "italic"},
}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Lettering(Text):
    """A line of text in a style and a language (its code), as long as it is measured, from (x, y).

    What stands between spaced letters is no part of what is read. `points` is how many a unit is; further
    arguments are those of matplotlib's Text.
    """

    def __init__(  # noqa: PLR0913 - what a line of text takes
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        points: float,
        lang: str,
        **more: Any,  # noqa: ANN401 - as matplotlib has it
    ) -> None:
        self.style, self.lang, self.points = style, lang, points
        self.read = text.replace(style.spacing, "") if style.spacing else text
        size = points * style.size
        super().__init__(
            x,
            y,
            text,
            fontproperties=font(style.face),
            fontsize=size,
            parse_math=False,
            rotation_mode="anchor",
            va="baseline",
            **more,
        )

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text with a renderer of matplotlib's: as text where the format has such."""
        if isinstance(renderer, RendererSVG):
            self._write_svg(renderer)
        elif isinstance(renderer, RendererPdf):
            self._write_pdf(renderer)
        else:
            super().draw(renderer)

    def _write_pdf(self, renderer: RendererPdf) -> None:
        """Draw the text; where it is spaced, or of another language than the page, with what is read."""
        if self.read == self.get_text() and self.lang == "en":
            super().draw(renderer)
            return
        read = f"{self.read} ".encode("utf-16-be").hex()
        properties = f"/Lang ({self.lang}) /ActualText <feff{read}>"
        renderer.file.output(Verbatim(f"/Span <<{properties}>> BDC".encode()))
        super().draw(renderer)
        renderer.file.output(Verbatim(b"EMC"))

    def _write_svg(self, renderer: RendererSVG) -> None:
        x, y = self.get_transform().transform(self.get_position())
        y = renderer.height - y
        gap = self.style.measure(self.style.spacing)
        # The length holds it in its place where a program sets it in letters of another width.
        length = self.points * (self.style.measure(self.get_text()) + gap)
        look = {
            "x": f"{x:.2f}",
            "y": f"{y:.2f}",
            "font-size": f"{self.get_fontsize():.3f}",
            "fill": str(self.get_color()),
            "textLength": f"{length:.2f}",
            "lengthAdjust": "spacingAndGlyphs",
            **_CSS[self.style.face],
        }
        if gap:
            look["letter-spacing"] = f"{self.points * gap:.2f}"
        if self.get_horizontalalignment() != "left":
            look["text-anchor"] = _ANCHORS[self.get_horizontalalignment()]
        if self.get_rotation():
            look["transform"] = f"rotate({-self.get_rotation():g} {x:.2f} {y:.2f})"
        if self.lang != "en":
            look["lang"] = self.lang
        renderer.writer.element("text", self.read, attrib=look)


def typefaces(texts: Iterable[Lettering]) -> str:
    """Return the style sheet with the letters of texts, as an SVG carries them."""
    letters = dict[str, set[str]]()
    for each in texts:
        letters.setdefault(each.style.face, set()).update(each.read)
    faces = [
        f"@font-face{{font-family:{FAMILY};{_declared(face)}src:url({subset_woff(face, frozenset(used))})}}"
        for face, used in sorted(letters.items())
    ]
    return (
        f"{''.join(faces)}text{{font-family:{_FAMILIES};font-kerning:none;text-rendering:geometricPrecision}}"
    )


def _declared(face: str) -> str:
    return "".join(f"{name}:{value};" for name, value in _CSS[face].items())
