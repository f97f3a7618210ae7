"""A page as SVG and as PDF: with title, description and language; the same page gives the same bytes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from unittest.mock import patch

from matplotlib.backends.backend_pdf import PdfFile, Reference, RendererPdf
from matplotlib.backends.backend_svg import RendererSVG

from layers.printed.lettering import Lettering, typefaces
from layers.printed.page import Page
from layers.style.fonts import letters_alone

_DPI = 72  # of both renderers: a unit of theirs is a point
_LANGUAGE = "en"  # of all that is written but the names
_UNTOLD = ("Creator", "Producer", "CreationDate")  # neither the program nor the day


@dataclass(frozen=True)
class About:
    """What a picture says of itself to who can't see it."""

    title: str
    text: str


def svg_of(page: Page, about: About) -> bytes:
    """Return a page as SVG, with the letters it is written in."""
    figure, content = page.figure, io.StringIO()
    figure.set_dpi(_DPI)
    told = {"Title": about.title, "Description": about.text, "Date": None, "Creator": None}
    width, height = figure.get_size_inches() * _DPI
    renderer = RendererSVG(width, height, content, metadata=told)
    figure.draw(renderer)
    renderer.finalize()
    styles = typefaces(each for each in figure.findobj(Lettering) if isinstance(each, Lettering))
    head = f"</title>\n <desc>{escape(about.text)}</desc>\n <style>{styles}</style>"
    svg = content.getvalue().replace("</title>", head, 1)
    return svg.replace("<svg ", f'<svg lang="{_LANGUAGE}" ', 1).encode()


def pdf_of(pages: Iterable[Page], about: About) -> bytes:
    """Return pages as one PDF."""
    content = io.BytesIO()
    told = {"Title": about.title, "Subject": about.text, **dict.fromkeys(_UNTOLD)}
    file = _File(content, metadata=told)
    for page in pages:
        page.figure.set_dpi(_DPI)
        width, height = page.figure.get_size_inches()
        file.newPage(width, height)
        renderer = RendererPdf(file, _DPI, height, width)
        page.figure.draw(renderer)
        renderer.finalize()
        file.endStream()
    with patch("fontTools.subset.load_font", letters_alone):  # matplotlib takes no options for embedding
        file.finalize()
    file.close()
    return content.getvalue()


class _File(PdfFile):
    """A PDF whose catalogue names its language, and has a reader's window show its title."""

    def writeObject(self, object: Reference, contents: object) -> None:  # noqa: A002, N802 - matplotlib's own
        if object is self.rootObject and isinstance(contents, dict):
            contents = contents | {"Lang": _LANGUAGE.encode(), "ViewerPreferences": {"DisplayDocTitle": True}}
        super().writeObject(object, contents)
