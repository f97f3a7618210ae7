"""The command line: `python -m layers check`, `claims`, `compare`, `gazetteer`, `export`, and the like.

Exits 1 on any fault.
"""

import argparse
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from layers.accuracy import comparison, report
from layers.atlas import Atlas, build_atlas
from layers.comparison.checking import check_shipped
from layers.comparison.command import add_compare
from layers.data.folders import INTERRUPTED, data_parser
from layers.data.problems import GeodataError, RequestError, UnknownChoiceError
from layers.exports.everything import all_files, archive, drawn
from layers.exports.geojson import geojson_files
from layers.exports.writing import write_files
from layers.features import Feature
from layers.geometry.control import holdings, holdings_by_day
from layers.language.speaking import ENGLISH, SPOKEN, speaking
from layers.robustness import draws, draws_text, robustness_bytes, sensitivity_text
from layers.style.captions import LANGUAGES, form_of_names
from layers.text.gazetteer import table
from layers.translated_atlas import translated_atlas
from layers.translations.faults import stop_at_faults

_LISTING = "python -m layers check"  # the command that prints the id of every feature
_COLUMNS = "{:<24} {:<36} {:>12} {:>9}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parsed(arguments)
    try:
        atlas = build_atlas(options.geodata, options.seeds)
        lines = list(options.run(atlas, options))
    except GeodataError as error:
        print(error.report, file=sys.stderr)
        return 1
    except RequestError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        where = getattr(options, "target", None) or error.filename or options.geodata
        print(f"cannot write to {where}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    print("\n".join(lines))
    return 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; ends the process with the usage if one lacks the option it goes with."""
    options = _parser().parse_args(arguments)
    for name in ("seed", "correlation"):
        if getattr(options, name, None) is not None and options.draws is None:
            options.refuse(f"--{name} goes with --draws N")
    return options


def _check(atlas: Atlas, options: argparse.Namespace) -> Iterable[str]:
    stop_at_faults()
    check_shipped(atlas)
    if options.reference:
        return comparison(atlas, options.reference)
    return report(atlas) if options.accuracy else _table(atlas)


def _export(atlas: Atlas, options: argparse.Namespace) -> Iterable[str]:
    with speaking(options.ui):
        files = _files(atlas, options)
    return map(str, write_files(options.target, files))


def _files(atlas: Atlas, options: argparse.Namespace) -> dict[str, bytes]:
    """Return what is to be exported: the layers, or with `--all` everything, also as one archive."""
    lang = options.lang or form_of_names()
    if not options.all:
        return geojson_files(translated_atlas(atlas), lang)
    print("building every format, and the map in three …", file=sys.stderr)
    pictures = drawn(translated_atlas(atlas), lang)
    files = all_files(atlas, full_article=options.full_article, lang=lang, pictures=pictures)
    return {**files, f"{atlas.descriptor['name']}.zip": archive(files)}


def _picture(atlas: Atlas, options: argparse.Namespace) -> Iterable[str]:
    """Write the printed map; the file's name says in which format. Raises RequestError, OSError."""
    from layers.printed import KEYS, picture_bytes, view  # noqa: PLC0415 - matplotlib is slow to load

    file = options.target
    kind = file.suffix.removeprefix(".")
    with speaking(options.ui):
        said = translated_atlas(atlas)
        shown = view(said, listed=_LISTING, **{key: getattr(options, key, None) for key in KEYS})
        content = picture_bytes(said, shown, format=kind, size=options.size, address=options.address)
    return map(str, write_files(file.parent, {file.name: content}))


def _worksheet(atlas: Atlas, options: argparse.Namespace) -> Iterable[str]:
    """Write the worksheet. Raises RequestError, OSError."""
    from layers.printed.worksheet import worksheet_bytes  # noqa: PLC0415 - matplotlib is slow to load

    file = options.target
    if file.suffix != ".pdf":
        raise UnknownChoiceError("format of a worksheet", file.suffix.removeprefix("."), ("pdf",))
    return map(str, write_files(file.parent, {file.name: worksheet_bytes(atlas)}))


def _parser() -> argparse.ArgumentParser:
    parser = data_parser("python -m layers", __doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="build everything and print what each layer holds")
    checking.set_defaults(run=_check)
    checking.add_argument("--accuracy", action="store_true", help="report how well it is drawn instead")
    checking.add_argument("--reference", type=Path, metavar="DIR", help="compare with the files of DIR")
    exporting = commands.add_parser("export", help="write every layer as GeoJSON")
    exporting.set_defaults(run=_export)
    exporting.add_argument("target", type=Path, metavar="DIR", help="where to; made if missing")
    exporting.add_argument("--lang", choices=LANGUAGES, help="the form of names in `name`; follows --ui")
    exporting.add_argument("--ui", choices=SPOKEN, default=ENGLISH, help="the language of titles and texts")
    exporting.add_argument(
        "--all", action="store_true", help="every format, pictures, and all in one archive"
    )
    exporting.add_argument(
        "--full-article",
        action="store_true",
        help="with --all: every passage, not only those that describe something; for those with permission",
    )
    claims = commands.add_parser("claims", help="print each spatial claim beside what was measured")
    claims.set_defaults(run=_claims_and_dates, refuse=claims.error)
    claims.add_argument("--sensitivity", action="store_true", help="how far each line must move to flip one")
    claims.add_argument("--draws", type=int, metavar="N", help="draw all lines N times within their ±")
    claims.add_argument("--seed", type=int, help="of the draws: the same seed, the same figures")
    claims.add_argument("--correlation", type=float, metavar="KM", help="of errors along a line, in draws")
    claims.add_argument("--json", action="store_true", help="with --sensitivity or --draws: as JSON")
    names = commands.add_parser("gazetteer", help="print every place name of the article and what it is here")
    names.set_defaults(run=lambda atlas, _: table(atlas.annotations.gazetteer))
    add_compare(commands)
    printing = commands.add_parser("picture", help="draw the map, to print or to show")
    printing.set_defaults(run=_picture)
    _describe_picture(printing)
    sheet = commands.add_parser(
        "worksheet", help="write two pages for a class: blank map and questions, answers"
    )
    sheet.set_defaults(run=_worksheet)
    sheet.add_argument("target", type=Path, metavar="FILE", help="where to: a name in .pdf")
    return parser


def _describe_picture(printing: argparse.ArgumentParser) -> None:
    """Add what may be chosen of a picture; the values are those of an address, checked with them."""
    add = printing.add_argument
    add("target", type=Path, metavar="FILE", help="where to: a name in .png, .svg or .pdf")
    add("--layers", metavar="IDS", help="ids with commas; else those that are on at first")
    add("--date", help="a day of the map, such as 2020-11-20; else the article's")
    add("--compare", metavar="DATE", help="another day, drawn beside it")
    add("--lang", help=f"the form of names: {', '.join(LANGUAGES)}; follows --ui")
    add(
        "--view",
        metavar="Z/LAT/LON",
        help="the web map's zoom and centre, such as 9/39.8/46.8; else the whole",
    )
    add("--feature", metavar="ID", help="the feature that fills the map; its layer is drawn too")
    add("--title", metavar="TEXT", help="a title of your own, at most 120 characters")
    add("--small", metavar="HOW", help="the small print: short or full; else what the size has room for")
    add("--no-key", dest="key", action="store_const", const="0", help="leave the key out")
    add("--uncertainty", action="store_const", const="1", help="show how far the lines may be off")
    add("--dark", action="store_const", const="1", help="in the dark map's colours")
    add("--ui", choices=SPOKEN, default=ENGLISH, help="the language of title, key and small print")
    add("--address", default="", metavar="URL", help="a link to this view, printed with the picture")
    add("--qr", action="store_const", const="1", help="draw a QR code of that address")
    add("--size", default="a4", help="a4, a4-portrait, a3, slide, square, card or 1600x900")


def _table(atlas: Atlas) -> list[str]:
    lines = [_COLUMNS.format("layer", "feature", "measured", "± m")]
    for layer in atlas.layers.values():
        lines += [
            _COLUMNS.format(layer.id, feature.id, _size(feature), feature.uncertainty_m)
            for feature in layer.features
        ]
    vertices = sum(len(line.coords) for line in atlas.coverage.lines.geometry)
    count = sum(len(layer.features) for layer in atlas.layers.values())
    lines.append(
        f"{len(atlas.layers)} layers, {count} features, {len(atlas.coverage.lines)} lines "
        f"of {vertices} vertices, {len(atlas.coverage.faces)} faces, no faults"
    )
    return lines


def _claims_and_dates(atlas: Atlas, options: argparse.Namespace) -> Iterable[str]:
    if options.sensitivity or options.draws is not None:
        return _robustness(atlas, options)
    if options.json:
        raise RequestError("--json goes with --sensitivity or --draws.")
    return [*_claims(atlas), "", *_dates(atlas), "", *_features_by_date(atlas)]


def _robustness(atlas: Atlas, options: argparse.Namespace) -> list[str]:
    """Return what would change the verdicts. Raises RequestError for numbers out of range."""
    named = {"seed": options.seed, "correlation_km": options.correlation}
    asked = {key: value for key, value in named.items() if value is not None}
    drawn = None if options.draws is None else draws(atlas, options.draws, **asked, progress=_progress)
    if options.json:
        return [robustness_bytes(atlas, drawn, sensitivity=options.sensitivity).decode().rstrip("\n")]
    lines = [*sensitivity_text(atlas)] if options.sensitivity else []
    gap = [""] if lines and drawn else []
    return [*lines, *gap, *(draws_text(atlas, drawn) if drawn else ())]


def _progress(done: float) -> None:
    """Tell a person at the terminal how far the draws are."""
    if sys.stderr.isatty():
        print(f"\rdrawing … {done:.0%}", end="\n" if done >= 1 else "", file=sys.stderr, flush=True)


def _claims(atlas: Atlas) -> Iterator[str]:
    columns = "{:<32} {:<34} {:<22} {:<48} {}"
    yield columns.format("claim", "the article", "measured", "verdict", "agrees if")
    for claim in atlas.claims:
        yield columns.format(claim.id, claim.figure, claim.measured_text, claim.verdict_text, claim.tolerance)
        for reading in claim.readings[1:]:
            figure = reading.measured_text, reading.verdict_text
            yield columns.format("", "in another sense", *figure, reading.what)


def _dates(atlas: Atlas) -> Iterator[str]:
    """Yield who held how much of the oblast and of the districts on each day."""
    columns = "{:<12} {:<10} {:>20} {:>8} {:>22} {:>8}"
    yield columns.format("on", "of the", "Armenian-held, km²", "%", "Azerbaijani-held, km²", "%")
    for day in atlas.days:
        for area, held in holdings(atlas.coverage, day).items():
            armenian, azerbaijani = f"{held.armenian_km2:,.0f}", f"{held.azerbaijani_km2:,.0f}"
            shares = held.armenian_percent, held.azerbaijani_percent
            name = "districts" if area == "district" else area
            yield columns.format(day.isoformat(), name, armenian, shares[0], azerbaijani, shares[1])


def _features_by_date(atlas: Atlas) -> Iterator[str]:
    """Yield how much of each area was Armenian-held on each day."""
    columns = "{:<34}" + " {:>11}" * len(atlas.days)
    yield columns.format("Armenian-held, km²", *(day.isoformat() for day in atlas.days))
    by_day = holdings_by_day(atlas.coverage, atlas.areas_by_holder, atlas.days)
    for identifier, each in by_day.items():
        yield columns.format(identifier, *(f"{held.armenian_km2:,.0f}" for held in each))


def _size(feature: Feature) -> str:
    for measure, unit in ((feature.area_km2, "km²"), (feature.length_km, "km")):
        if measure is not None:
            return f"{measure:,.1f} {unit}"
    return "point"


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # a reader such as `head` may stop early
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
