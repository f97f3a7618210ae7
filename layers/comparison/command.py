"""The command line's `compare`: drawings beside ours, as text or JSON, and the differences as GeoJSON."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layers.atlas import Atlas
from layers.comparison.areas import stretches
from layers.comparison.drawing import Drawing, DrawingError
from layers.comparison.outline_figure import drawing_figure
from layers.comparison.report import compare
from layers.comparison.report_page import report_csv, report_html
from layers.comparison.shipped import drawings
from layers.comparison.uploads import MOST_MB, read_drawing
from layers.comparison.written import differences, report_json, report_text


def add_compare(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add the command to those of a command line."""
    parser = commands.add_parser("compare", help="hold other drawings against ours and against the claims")
    parser.set_defaults(run=_compare)
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="GeoJSON, GeoPackage, KML, KMZ, zipped Shapefile, FlatGeobuf; none: those that are shipped",
    )
    parser.add_argument("--json", action="store_true", help="as JSON, one line a drawing")
    parser.add_argument("--differences", action="store_true", help="only what differs, as GeoJSON")
    parser.add_argument("--csv", action="store_true", help="only the figures, as a table")
    parser.add_argument("--html", action="store_true", help="as a page with a map of both outlines")


def _compare(atlas: Atlas, options: argparse.Namespace) -> Iterator[str]:
    """Yield the reports. Raises DrawingError for the first file that cannot be read."""
    found = [_read(path, atlas) for path in options.files] or list(drawings(atlas))
    for number, drawing in enumerate(found):
        if options.differences:
            yield differences(atlas, drawing).decode().rstrip()
        elif options.csv:
            yield report_csv(compare(atlas, drawing)).decode().rstrip()
        elif options.html:
            figure = drawing_figure(atlas, drawing, stretches(atlas, drawing))
            yield report_html(atlas, compare(atlas, drawing), figure).decode().rstrip()
        elif options.json:
            yield json.dumps(json.loads(report_json(compare(atlas, drawing))), ensure_ascii=False)
        else:
            yield from ("", "") if number else ()
            yield from report_text(compare(atlas, drawing))


def _read(path: Path, atlas: Atlas) -> Drawing:
    """Return the drawing in a file, of which no more is read than the limit and a byte."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_MB * 1_000_000 + 1)
    except OSError as error:
        raise DrawingError(f"cannot read {path}: {error.strerror}") from error
    return read_drawing(path.name, content, atlas)
