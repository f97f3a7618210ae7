"""Faults in the data: each is named with file and feature, what is there and what should be there.

Many independent faults go into one copy of the data; what must be said of them, line by line, stands in
`reports/`, in the order of the command `check`.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from layers import GeodataError, Problem
from layers.data.files import read_document, read_geodata
from layers.data.folders import GEODATA
from layers.data.integrity import days_out_of_order, duplicate_ids, unknown_sources
from layers.data.schemas import SCHEMAS
from layers.text.article import read_article
from tests.layers.damage import (
    ARTICLE,
    DESCRIPTOR,
    Change,
    Json,
    at,
    damage,
    drop,
    path_of,
    problems_of,
    put,
    repeat,
    say,
)

Faults = dict[str, list[Change]]  # by file

REPORTS = Path(__file__).parent / "reports"
START, END = [46.352, 40.038], [46.684, 40.034]
A_LINE = {"type": "LineString", "coordinates": [START, [46, 39]]}
A_POINT = {"type": "Point", "coordinates": END}
WORDS = {"names": {"en": "Atlantis"}, "summary": "Sunk."}
GUBADLI = ("returned-districts", "features", "district-gubadli")
POCKET = ("demarcation-line", "features", "demarcation-line-khtsaberd-pocket")
NAN, INFINITE, BEYOND_FLOATS = float("nan"), float("inf"), 10**400


def _of(entry: str, **values: Json) -> list[Change]:
    """Return the changes that give an entry of a list other values."""
    return [put(value, entry, key) for key, value in values.items()]


# Seen before anything is drawn or bound: what the schemas forbid, and what the files say of one another.
IN_FEATURES: Faults = {
    "places.geojson": [
        repeat("features", "aghdam"),
        say("Askeran", "askeran", "id"),
        say(3, "baku", "id"),
        say("9", "barda", "uncertainty_m"),
        say({"en": ""}, "beylagan", "names"),
        say({"xx": "G"}, "fuzuli", "names"),
        say({}, "gubadli", "names"),
        say("castle", "ganja", "kind"),
        say(["me"], "lachin", "digitized_after"),
        put("Point", "features", "goris", "type"),
        put(None, "features", "hadrut", "properties"),
        put([], "features", "horadiz", "properties"),
        put("jabrayil", "features", "jabrayil"),
        at("kelbajar", 200, 95),
        at("khojavend", 39.513, 46.338),  # swapped
        at("khtsaberd", "east", "north"),
        at("mincivan", "46.338", "39.513"),
        at("pass-omar", None, None),
        at("pass-sotk", 46.338),
        at("peak-kirs", [46.338, 39.513]),
        at("shusha", NAN, 39.513),
        at("stepanakert", INFINITE, 39.513),
        at("sugovushan", BEYOND_FLOATS, 39.513),
    ],
    "boundaries.geojson": [
        repeat("features", "aghdam-outer"),
        say("wall", "contact-aghdam", "kind"),
        say(["me"], "contact-fuzuli", "digitized_after"),
        put([[]], "features", "contact-jabrayil"),
        at("contact-martuni", START, [40.05, 46.47], END),  # one vertex swapped
        at("contact-talish", START, [NAN, 40.05], END),
        at("control-martuni"),
        at("control-shusha", END),
        at("control-talish", END, END),
        put(A_POINT, "features", "zone-boundary", "geometry"),
    ],
    "faces.geojson": [
        repeat("features", "aghdam-handed-over"),
        drop("features", "fuzuli-regained", "properties", "id"),
        say([], "gubadli", "source"),
        say(1, "jabrayil", "colour"),
        say("2020-13-45", "kelbajar", "azerbaijani_since"),
        say("20201125", "lachin-north", "azerbaijani_since"),
        say(["me"], "lachin-south", "source"),
        put(A_LINE, "features", "oblast-north", "geometry"),
        put(None, "features", "zangilan", "geometry"),
    ],
    "context.geojson": [
        repeat("features", "river-aras"),
        put(None, "features", "georgia"),
        put(A_LINE, "features", "iran", "geometry"),
    ],
    "protectorates.geojson": [repeat("features", "donbas"), say("me", "abkhazia", "precision")],
    "routes.geojson": [
        repeat("features", "road-goris-border"),
        say(0, "road-yerevan-goris", "uncertainty_m"),
    ],
}
IN_WORDS: Faults = {
    "layers.json": [
        put("me", *GUBADLI, "figures", 0, "source"),
        put(WORDS, *GUBADLI[:2], "donbas"),  # an id of the map, but of another layer
        repeat("returned-districts"),
        put("2020-11-31", "lachin-corridor", "from"),
        put(None, "upper-karabakh", "features", "upper-karabakh-armenian-held"),
        put("places", "places"),
    ],
    "quotes.json": [
        repeat("one-third"),
        drop("rump", "prefix"),
        put("Muradov", "muradov-commander", "id"),
        *_of("rump", page="x", suffix=3),
        *_of("airport", cites="", speaker="me", purpose="naming", about=[[]], exact=""),
        put(None, "camp"),
    ],
    "claims.json": [
        repeat("one-third"),
        drop("camp", "explanation"),
        *_of("camp", about=[], decimals="1", accepts=[3], stated=None, evidence="none"),
        put([0, "more"], "airport", "accepts"),
    ],
    "events.json": [
        repeat("war"),
        drop("decree", "exact"),
        *_of("decree", date="2020-11-31", until="later", kind="news"),
    ],
    "counts.json": [repeat("years"), drop("troops", "what"), put(1960, "troops", "value")],
    "dates.json": [
        lambda days: days.insert(1, days.pop(0)),
        *_of("2020-11-10", source="me"),
        repeat("2020-11-10"),
        put("", "2020-11-20", "happened"),
        put("2020-11-31", "2020-11-25", "id"),
        drop("2020-12-01", "source"),
        put(None, "2020-12-08"),
    ],
    "gazetteer.json": [
        repeat("Lachin"),
        *_of("Baku", forms=[], kind="town", unanchored=[{"exact": "to Baku"}]),
        put("Yerevan", "Yerevan", "forms"),
    ],
    "notices.json": [put(["me"], "afterwards", 0, "sources")],
    "corrections.json": [
        repeat("speakers"),
        drop("donbas", "was"),
        *_of("donbas", date="soon", version="3", metres=-1, km2="138", about="donbas"),
        *_of("one-third", sources=["me"]),
        put("later", "verdicts", "until"),
    ],
}
# Notices are one object: with a fault in them the rest is not read, so that what it cites is not checked.
IN_NOTICES: Faults = {
    "notices.json": [
        put("", "not_said", 0),
        put([], "afterwards", 0, "sources"),
        put("today", "afterwards_as_of"),
        put([], "said"),
    ]
}
# Of each check that goes before the layers one fault at least: a check left out of the build shows here.
BEFORE_THE_LAYERS: Faults = {
    "places.geojson": [at("ganja", 146.361, 40.683), repeat("features", "goris")],
    "faces.geojson": [at("zangilan", 45.9, 39), at("gubadli", 46.64, 39.32), drop("features", "kelbajar")],
    "boundaries.geojson": [
        at("zone-boundary", START, [46.5, 40.1]),  # dangles
        say(["me"], "aghdam-outer", "digitized_after"),
    ],
    "context.geojson": [at("iran", 45.3, 40.1)],
    "routes.geojson": [at("road-lachin-corridor", [46.60, 39.70], [46.61, 39.71])],
    "layers.json": [lambda layers: layers.append(layers[0] | {"id": "roads", "features": {}})],
    "dates.json": [lambda days: days.insert(1, days.pop(0))],
    "quotes.json": [drop("demarcation"), put([], "rump", "about")],
    # The event's quote is not said to be about nothing.
    "events.json": [put("2020-11-12", "joint-center-agreed", "date")],
    "counts.json": [put("1,961", "troops", "value")],
    "gazetteer.json": [put(["atlantis"], "Baku", "about")],
    "corrections.json": _of("donbas", date="2999-01-01", version="999.0.0", about=["atlantis"]),
}
ON_THE_LINES: Faults = {
    "boundaries.geojson": [at("oblast-lachin-north", [46.4, 39.5], END), at("contact-aghdam", START, START)],
    "layers.json": [drop("line-of-contact-1994")],
}
# What is bound to a faulty quote is not named too.
IN_A_QUOTE: Faults = {"quotes.json": [put("a war\nof 44 days", "war-44-days", "exact")]}
WITHOUT_ENCLAVE: Faults = {DESCRIPTOR: [put("2025-01-01", "as_of")]}
IN_THE_LAYERS: Faults = {
    "faces.geojson": [
        say(False, "lachin-corridor", "corridor"),  # noqa: FBT003 - a value
        say(None, "oblast-north", "zone"),
        say("zangilan", "gubadli", "district"),
        say("zangilan", "gubadli-west", "district"),
        say("2020-12-01", "khtsaberd-pocket", "azerbaijani_since"),
    ],
    "layers.json": [drop(*POCKET), put(WORDS, *GUBADLI[:2], "atlantis")],
    "dates.json": [drop("2020-12-08")],
}
IN_THE_FILES = {"features": IN_FEATURES, "words": IN_WORDS, "notices": IN_NOTICES}
IN_THE_BUILD = {
    "before-the-layers": BEFORE_THE_LAYERS,
    "on-the-lines": ON_THE_LINES,
    "in-a-quote": IN_A_QUOTE,
    "in-the-layers": IN_THE_LAYERS,
    "without-enclave": WITHOUT_ENCLAVE,
}
LISTS_OF_WORDS = ("quotes", "claims", "events", "counts", "dates", "gazetteer", "corrections")
STRANGE: tuple[Json, ...] = (3, {}, [[]], [None], True)
WRONG_FIELDS: dict[tuple[str, str], tuple[Json, ...]] = {
    (DESCRIPTOR, "as_of"): (None, 3, "x", "2020-13-45"),
    (DESCRIPTOR, "created"): (None, 3, "x", "2026-13-45"),
    (DESCRIPTOR, "version"): (None, 3, "", "3", "three"),
    (DESCRIPTOR, "extent"): (None, 3, [], [43, 38], ["43", "38", "50.6", "42.2"]),
    (DESCRIPTOR, "sources"): (None, 3, [], ["x"], [{}], [None]),
    (DESCRIPTOR, "licenses"): (None, [], [{}]),
    (DESCRIPTOR, "attribution"): (None, 3),
    (DESCRIPTOR, "disclaimer"): (None, 3),
    (ARTICLE, "file"): (None, 3, "", "elsewhere.txt"),
    (ARTICLE, "sha256"): (None, "0" * 64),
    (ARTICLE, "body_starts_at"): (None, "177"),
    (ARTICLE, "part_two_starts_at"): (None, "6740"),
    (ARTICLE, "leftovers_start_at"): (None, "15848"),
}


def _damaged(data: Path, faults: Faults) -> Path:
    for file, changes in faults.items():
        damage(data, file, *changes)
    return data


def _in_the_files(data: Path) -> list[Problem]:
    """Return what is wrong with the files themselves, before anything is drawn or bound."""
    problems: list[Problem] = []
    geodata = read_geodata(data / "geodata", problems)
    for check in (duplicate_ids, days_out_of_order, unknown_sources):
        problems.extend(check(geodata))
    return problems


def _lines(problems: Iterable[Problem]) -> list[str]:
    return str(GeodataError(problems)).splitlines()


def _report(name: str) -> list[str]:
    """Return what must be reported; `SOURCES` stands for the key of every source there is."""
    sources = json.loads((GEODATA / DESCRIPTOR).read_bytes())["sources"]
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    return text.replace("SOURCES", ", ".join(source["name"] for source in sources)).splitlines()


def test_data_as_they_are_have_no_fault(data_copy: Path) -> None:
    assert _in_the_files(data_copy) == []


@pytest.mark.parametrize("name", IN_THE_FILES)
def test_every_fault_in_the_files_is_reported(name: str, data_copy: Path) -> None:
    assert _lines(_in_the_files(_damaged(data_copy, IN_THE_FILES[name]))) == _report(name)


@pytest.mark.parametrize("name", IN_THE_BUILD)
def test_every_fault_that_the_build_meets_is_reported(name: str, data_copy: Path) -> None:
    assert _lines(problems_of(_damaged(data_copy, IN_THE_BUILD[name]))) == _report(name)


def test_required_field_of_the_words_that_is_missing_or_strange_is_named(data_copy: Path) -> None:
    fewest = {}
    for name in LISTS_OF_WORDS:
        file = f"{name}.json"
        fields = json.loads((SCHEMAS / f"{name}.schema.json").read_bytes())["items"]["required"]
        entry = json.loads(path_of(data_copy, file).read_bytes())[0]
        entries = [{key: entry[key] for key in entry if key != field} for field in fields]
        entries += [entry | {field: value} for field in fields for value in STRANGE]
        path_of(data_copy, file).write_text(json.dumps(entries), encoding="utf-8")
        fewest |= {(file, field): 1 + len(STRANGE) for field in fields}
    fewest["claims.json", "decimals"] -= 1  # 3 is right there
    problems = _in_the_files(data_copy)
    found = [(problem.file, re.split(r"[ .]", problem.found)[0].strip('"')) for problem in problems]

    assert [key for key, times in fewest.items() if found.count(key) < times] == []


def test_wrong_field_of_the_descriptor_or_the_article_is_named(data_copy: Path) -> None:
    unnamed = []
    for (file, field), values in WRONG_FIELDS.items():
        path = path_of(data_copy, file)
        document = json.loads(path.read_bytes())
        cases = [document | {field: value} for value in values]
        cases.append({key: document[key] for key in document if key != field})
        for case in cases:
            problems: list[Problem] = []
            path.write_text(json.dumps(case), encoding="utf-8")
            read_document(data_copy / "geodata" / DESCRIPTOR, "datapackage", problems)
            read_article(data_copy / "seeds", problems)
            if not any(field in str(problem) for problem in problems):
                unnamed.append((file, field, case.get(field)))
        path.write_text(json.dumps(document), encoding="utf-8")

    assert unnamed == []
