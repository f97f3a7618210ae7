"""A report written for people: its tables, the whole as a page of HTML in one file, its figures as CSV."""

from collections.abc import Iterator

from layers.atlas import Atlas
from layers.citation import provenance
from layers.comparison.records import Report
from layers.comparison.written import shift_figure, shift_text, wind
from layers.data.schemas import Json
from layers.exports.delimited import csv_bytes
from layers.exports.templating import render
from layers.language.catalogues import form_for
from layers.language.written import Caption, long_date
from layers.style.captions import captions
from layers.style.symbology import symbology

_COLUMNS = ("about", "id", "title", "measure", "unit", "ours", "theirs")
_MEASURES = (  # of an area: caption, unit, decimals, attributes of ours and theirs
    ("km2", "km²", 1, "ours_km2", "theirs_km2"),
    ("iou", "", 3, None, "iou"),
    ("mean", "m", 0, None, "mean_m"),
    ("p95", "m", 0, None, "p95_m"),
    ("greatest", "m", 0, None, "greatest_m"),
)


def tables_html(report: Report, *, is_open: bool = False) -> str:
    """Return the report's tables as HTML with their style; whatever the drawing brings is escaped.

    With `is_open` the claims that can't be measured are in sight, not one click away.
    """
    verdicts = captions()["reader"]["verdicts"]
    return render(
        "compared_tables.html",
        report=report,
        is_open=is_open,
        shift_figure=shift_figure,
        words=_words()["tables"],
        colours=symbology()["colours"],
        styles={verdict: entry["style"] for verdict, entry in verdicts.items()},
    )


def summary(report: Report) -> list[str]:
    """Return the report in sentences: how far apart outlines are, a shift of all, changed verdicts."""
    words, by_distance = _words()["summary"], sorted(report.areas, key=lambda area: area.mean_m)
    if not by_distance:
        return []
    nearest, farthest = by_distance[0], by_distance[-1]
    measured = [each for each in report.claims if each.theirs]
    changed = [
        each.ours.claim.rstrip(".")
        for each in measured
        if each.theirs and each.theirs.verdict != each.ours.verdict
    ]
    count = len(by_distance)
    areas = Caption(form_for(words["areas"], count)) if count > 1 else words["one_area"]
    told = words["changed"].format(claims="; ".join(changed)) if changed else words["none_changed"]
    claims = words["claims"].format(measured=len(measured), all=len(report.claims), changed=told)
    return [
        areas.format(
            count=count,
            least=nearest.mean_m,
            nearest=nearest.title,
            most=farthest.mean_m,
            farthest=farthest.title,
        ),
        shift_text(report),
        claims if measured else words["no_claim"],
    ]


def report_html(atlas: Atlas, report: Report, figure: str) -> bytes:
    """Return the report with a map (`figure`, HTML) as one file that asks for nothing else."""
    words, rights = _words()["report"], provenance(atlas)
    drawing = report.drawing
    licence = _words()["licence"].format(licence=drawing.licence) if drawing.licence else ""
    made = words["made"].format(date=long_date(rights["created"]), version=rights["version"])
    page = render(
        "compared_report.html",
        heading=words["title"].format(title=drawing.title, ours=captions()["title"]),
        lines=[*summary(report), *report.notes],
        figure=figure,
        tables=tables_html(report, is_open=True),
        small_print=[
            line
            for line in (drawing.source, licence, made, rights["attribution"], rights["disclaimer"])
            if line
        ],
    )
    return page.encode()


def report_csv(report: Report) -> bytes:
    """Return the report's figures as a table with a row for each measure of an area and each claim."""
    return csv_bytes(_COLUMNS, [*_area_rows(report), *_claim_rows(report)])


def _area_rows(report: Report) -> Iterator[tuple[object, ...]]:
    words = _words()["figures"]
    for area in report.areas:
        start = ("area", area.feature, area.title)
        for name, unit, decimals, ours, theirs in _MEASURES:
            figures = (round(getattr(area, key), decimals or None) if key else "" for key in (ours, theirs))
            yield (*start, words[name], unit, *figures)
        if area.shift.metres:
            yield (*start, words["shift"], f"m {wind(area.shift)}", "", round(area.shift.metres))
        if area.villages:
            unit = words["of"].format(all=area.villages.compared)
            yield (*start, words["villages"], unit, area.villages.ours, area.villages.theirs)


def _claim_rows(report: Report) -> Iterator[tuple[object, ...]]:
    for each in report.claims:
        start = ("claim", each.ours.id, each.ours.claim)
        theirs = each.theirs
        reading = each.ours.readings[0]
        value = round(theirs.measured.value, reading.decimals) if theirs else ""
        yield (*start, each.ours.what, reading.unit, round(each.ours.measured.value, reading.decimals), value)
        told = theirs.verdict_text if theirs else each.why_not
        yield (*start, _words()["figures"]["verdict"], "", each.ours.verdict_text, told)


def _words() -> Json:
    return captions()["workbench"]["compare-drawings"]
