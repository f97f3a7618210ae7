"""A report as files and lines: JSON, GeoJSON of the differences, text for a terminal."""

import json
from collections.abc import Iterator
from typing import Any

import shapely

from layers.atlas import Atlas
from layers.comparison.areas import stretches
from layers.comparison.drawing import Drawing
from layers.comparison.ours import our_shape
from layers.comparison.records import ComparedArea, ComparedClaim, Report, Shift
from layers.comparison.shapes import areal, metric, shapes_by_feature
from layers.exports.geojson import geojson_geometry
from layers.geometry.measure import area_km2, to_degrees
from layers.language.written import number
from layers.style.captions import captions

_COLUMNS = ("area", "ours", "theirs", "iou", "mean", "p95", "greatest", "shift", "villages")
_METRES = ",.0f"
_SMALLEST_KM2 = 0.01  # smaller differences are left out


def differences(atlas: Atlas, drawing: Drawing) -> bytes:
    """Return what lies in only one of the two drawings, and the stretches, as GeoJSON (RFC 7946).

    Properties: `feature`, `kind` (only-ours, only-theirs, outline), `area_km2` or `apart_m`.
    """
    features = [*_only_in_one(atlas, drawing), *_outlines(atlas, drawing)]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def report_json(report: Report) -> bytes:
    """Return the report as JSON (UTF-8), the same bytes for the same report."""
    drawing = report.drawing
    document = {
        "drawing": {"id": drawing.id, "title": drawing.title, "licence": drawing.licence},
        "source": drawing.source,
        "notes": list(report.notes),
        "shift": report.shift and _shift(report.shift),
        "areas": [_area(area) for area in report.areas],
        "claims": [_claim(claim) for claim in report.claims],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def report_text(report: Report) -> Iterator[str]:
    """Yield the report as lines of text for a terminal."""
    drawing, words = report.drawing, captions()["comparison"]["table"]
    yield _plain(" · ".join(filter(None, (drawing.title, drawing.licence, drawing.source))))
    yield from filter(None, [shift_text(report)])
    yield from (_plain(note) for note in report.notes)
    yield ""
    row = "{:<42} {:>10} {:>12} {:>6} {:>15} {:>7} {:>9} {:>16}   {}"
    yield row.format(*(words[each] for each in _COLUMNS))
    for area in report.areas:
        yield row.format(area.title[:42], *_figures(area), _villages(area))
    yield ""
    row = "{:<32} {:<22} {:<22} {:<46} {}"
    yield row.format(*(words[each] for each in ("claim", "our_figure", "their_figure", "verdict")), "")
    for claim in report.claims:
        yield row.format(claim.ours.id, claim.ours.measured_text, *_theirs(claim)).rstrip()


def shift_text(report: Report) -> str:
    """Return in a sentence how far the drawing lies to one side as a whole; "" if it has no area of ours."""
    shift, said = report.shift, captions()["comparison"]["shift"]
    if shift is None:
        return ""
    values = {"metres": shift.metres, "apart": shift.apart_m, "left": shift.left_m}
    told = {name: number(metres, _METRES) for name, metres in values.items()}
    return str(said["shifted" if shift.metres else "none"].format(**told, wind=wind(shift)))


def shift_figure(shift: Shift) -> str:
    """Return a shift as a figure in metres with its wind, or "" if there is none."""
    return f"{number(shift.metres, _METRES)} {wind(shift)}" if shift.metres else ""


def wind(shift: Shift) -> str:
    """Return towards which of the eight winds a shift goes, such as NE."""
    return str(captions()["comparison"]["shift"]["winds"][shift.wind])


def _figures(area: ComparedArea) -> tuple[str, ...]:
    metres = (number(value, _METRES) for value in (area.mean_m, area.p95_m, area.greatest_m))
    shift = shift_figure(area.shift) or _none()
    return f"{area.ours_km2:,.0f}", f"{area.theirs_km2:,.0f}", f"{area.iou:.3f}", *metres, shift


def _villages(area: ComparedArea) -> str:
    found = area.villages
    return f"{found.ours}, {found.theirs}, {found.compared}" if found else _none()


def _theirs(claim: ComparedClaim) -> tuple[str, str, str]:
    if claim.theirs is None:
        return _none(), claim.why_not, ""
    with_ours = captions()["comparison"]["table"]["with_ours"].format(areas=", ".join(claim.with_ours))
    return claim.theirs.measured_text, claim.theirs.verdict_text, with_ours if claim.with_ours else ""


def _none() -> str:
    return str(captions()["comparison"]["table"]["none"])


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _shift(shift: Shift) -> dict[str, Any]:
    to = {"to": wind(shift)} if shift.metres else {}
    return {"metres": round(shift.metres, 1), **to, "left_m": round(shift.left_m, 1)}


def _area(area: ComparedArea) -> dict[str, Any]:
    found = area.villages
    return {
        "feature": area.feature,
        "title": area.title,
        "pieces": list(area.pieces),
        "ours_km2": round(area.ours_km2, 1),
        "theirs_km2": round(area.theirs_km2, 1),
        "iou": round(area.iou, 4),
        "mean_m": round(area.mean_m, 1),
        "p95_m": round(area.p95_m, 1),
        "greatest_m": round(area.greatest_m, 1),
        "shift": _shift(area.shift),
        "villages": found
        and {
            "compared": found.compared,
            "ours_wrong": found.ours,
            "theirs_wrong": found.theirs,
            "names": list(found.theirs_wrong),
        },
    }


def _claim(claim: ComparedClaim) -> dict[str, Any]:
    decimals = claim.ours.readings[0].decimals
    told: dict[str, Any] = {
        "claim": claim.ours.id,
        "unit": claim.ours.readings[0].unit,
        "ours": round(claim.ours.measured.value, decimals),
        "our_margin": round(claim.ours.measured.margin, decimals),
        "our_verdict": claim.ours.verdict,
    }
    if claim.theirs is None:
        return {**told, "theirs": None, "why_not": claim.why_not}
    theirs = {
        "theirs": round(claim.theirs.measured.value, decimals),
        "their_verdict": claim.theirs.verdict,
        "their_reason": claim.theirs.reason,
        "with_ours": list(claim.with_ours),
    }
    return {**told, **theirs}


def _only_in_one(atlas: Atlas, drawing: Drawing) -> Iterator[dict[str, Any]]:
    for feature, shape in shapes_by_feature(atlas, drawing).items():
        ours, theirs = metric(our_shape(atlas, feature)), metric(shape)
        for kind, rest in (("only-ours", ours - theirs), ("only-theirs", theirs - ours)):
            for part in shapely.get_parts(areal(rest)):
                km2 = area_km2(to_degrees(part))
                if km2 >= _SMALLEST_KM2:
                    told = {"feature": feature, "kind": kind, "area_km2": round(km2, 2)}
                    yield _feature(to_degrees(part), told)


def _outlines(atlas: Atlas, drawing: Drawing) -> Iterator[dict[str, Any]]:
    for stretch in stretches(atlas, drawing):
        told = {"feature": stretch.feature, "kind": "outline", "apart_m": round(stretch.metres)}
        yield _feature(stretch.geometry, told)


def _feature(geometry: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geojson_geometry(geometry)}
