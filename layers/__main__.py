"""The command line: `python -m layers check`, `claims`, `gazetteer`, `export DIR`, `pictures DIR`.

Exits 1 on any fault.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from layers.accuracy import report
from layers.atlas import GEODATA, SEEDS, Atlas, build_atlas
from layers.captions import LANGUAGES
from layers.dates import features_by_date, oblast_and_districts
from layers.exports.geojson import geojson_files
from layers.exports.writing import write_files
from layers.gazetteer import table
from layers.problems import GeodataError

_COLUMNS = "{:<24} {:<36} {:>12} {:>9}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        atlas = build_atlas(options.geodata, options.seeds)
        lines = _run(atlas, options)
    except GeodataError as error:
        lines = [*map(str, error.problems), f"{len(error.problems)} faults"]
        print("\n".join(lines), file=sys.stderr)
        return 1
    except OSError as error:
        where = getattr(options, "folder", None) or error.filename or options.geodata
        print(f"cannot write to {where}: {error.strerror}", file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def _run(atlas: Atlas, options: argparse.Namespace) -> list[str]:
    """Do what the command asks for and return what to print. Raises GeodataError, OSError."""
    if options.command == "pictures":
        from layers.pictures import draw_pictures  # noqa: PLC0415 - matplotlib is slow to load

        return [str(path) for path in draw_pictures(atlas, options.folder)]
    if options.command == "export":
        return [str(path) for path in write_files(options.folder, geojson_files(atlas, options.lang))]
    if options.command == "claims":
        return [*_claims(atlas), "", *_dates(atlas), "", *_features_by_date(atlas)]
    if options.command == "gazetteer":
        return list(table(atlas.words.gazetteer))
    if options.accuracy or options.reference:
        return report(atlas, options.reference)
    return _table(atlas)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m layers", description=__doc__)
    parser.add_argument("--geodata", type=Path, default=GEODATA, help="folder of the geodata")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of the article")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="build everything and print what each layer holds")
    checking.add_argument("--accuracy", action="store_true", help="report how well it is drawn instead")
    checking.add_argument("--reference", type=Path, metavar="DIR", help="compare with the files of DIR too")
    exporting = commands.add_parser("export", help="write every layer as GeoJSON")
    exporting.add_argument("folder", type=Path, metavar="DIR", help="where to; made if missing")
    exporting.add_argument("--lang", choices=LANGUAGES, default="article", help="the form of names in `name`")
    commands.add_parser("claims", help="print each spatial claim of the article beside what was measured")
    commands.add_parser("gazetteer", help="print every place name of the article and what it is on the map")
    drawing = commands.add_parser("pictures", help="draw every layer with its graticule, as PNG")
    drawing.add_argument("folder", type=Path, metavar="DIR", help="where to; made if missing")
    return parser


def _table(atlas: Atlas) -> list[str]:
    lines = [_COLUMNS.format("layer", "feature", "measured", "± m")]
    for layer in atlas.layers.values():
        for feature in layer.features.to_dict("records"):
            size = _size(feature)
            lines.append(_COLUMNS.format(layer.id, feature["id"], size, feature["uncertainty_m"]))
    vertices = sum(len(line.coords) for line in atlas.coverage.lines.geometry)
    count = sum(len(layer.features) for layer in atlas.layers.values())
    lines.append(
        f"{len(atlas.layers)} layers, {count} features, {len(atlas.coverage.lines)} lines "
        f"of {vertices} vertices, {len(atlas.coverage.faces)} faces, no faults"
    )
    return lines


def _claims(atlas: Atlas) -> Iterator[str]:
    columns = "{:<32} {:<34} {:<22} {:<28} {}"
    yield columns.format("claim", "the article", "measured", "verdict", "agrees if")
    for claim in atlas.claims:
        yield columns.format(claim.id, claim.figure, claim.measured_text, claim.verdict, claim.tolerance)


def _dates(atlas: Atlas) -> Iterator[str]:
    """Yield who held how much of the oblast and of the districts on each day."""
    columns = "{:<12} {:<10} {:>20} {:>8} {:>22} {:>8}"
    yield columns.format("on", "of the", "Armenian-held, km²", "%", "Azerbaijani-held, km²", "%")
    for day in atlas.days:
        for area, held in oblast_and_districts(atlas.coverage, day).items():
            armenian, azerbaijani = f"{held.armenian_km2:,.0f}", f"{held.azerbaijani_km2:,.0f}"
            shares = held.armenian_percent, held.azerbaijani_percent
            yield columns.format(day.isoformat(), area, armenian, shares[0], azerbaijani, shares[1])


def _features_by_date(atlas: Atlas) -> Iterator[str]:
    """Yield how much of each area was Armenian-held on each day; what its popup says."""
    columns = "{:<34}" + " {:>11}" * len(atlas.days)
    yield columns.format("Armenian-held, km²", *(day.isoformat() for day in atlas.days))
    for identifier, holdings in features_by_date(atlas):
        yield columns.format(identifier, *(f"{held.armenian_km2:,.0f}" for held in holdings))


def _size(feature: dict[str, float]) -> str:
    for key, unit in (("area_km2", "km²"), ("length_km", "km")):
        if not pd.isna(feature.get(key, float("nan"))):
            return f"{feature[key]:,.1f} {unit}"
    return "point"


if __name__ == "__main__":
    sys.exit(main())
