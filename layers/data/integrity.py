"""What the files of `geodata/` say of one another: ids used once, sources that the descriptor explains."""

from collections.abc import Iterator
from itertools import pairwise

import geopandas as gpd

from layers.data.files import FILES, WORDS, Geodata
from layers.data.problems import Problem, shortened


def duplicate_ids(data: Geodata) -> Iterator[Problem]:
    """Yield a problem for each id used twice in a file, or twice over all that a reader meets on the map."""
    for name in ("boundaries", "faces", "routes", "context", "region"):
        frame: gpd.GeoDataFrame = getattr(data, name)
        for identifier in frame.id[frame.id.duplicated()]:
            yield Problem(f"{name}.geojson", identifier, "this id more than once", "an id used once")
    seen: set[str] = set()
    on_the_map = [
        (f"{name}.geojson", identifier)
        for name in ("places", "protectorates")
        for identifier in getattr(data, name).id
    ]
    on_the_map += [("layers.json", identifier) for layer in data.layers for identifier in layer["features"]]
    for file, identifier in on_the_map:
        if identifier in seen:
            yield Problem(file, identifier, "this id more than once", "an id used once on the whole map")
        seen.add(identifier)
    for name in WORDS:
        file = f"{name}.json"
        ids = [entry.get("id") or entry["name"] for entry in getattr(data, name)]
        for identifier in {i for i in ids if ids.count(i) > 1}:
            yield Problem(file, identifier, "this id more than once", "an id used once")


def days_out_of_order(data: Geodata) -> Iterator[Problem]:
    """Yield a problem for each day that stands behind a later one; the first is the last before the war."""
    for before, day in pairwise(entry["id"] for entry in data.dates):
        if day < before:
            yield Problem("dates.json", day, f"this day behind {before}", "the days in their order")


def last_day_not_shown(data: Geodata) -> Iterator[Problem]:
    """Yield a problem if the last of the days is not the one that the layers show."""
    last, as_of = data.dates[-1]["id"], data.descriptor["as_of"]
    if last != as_of:
        yield Problem("dates.json", last, f"the last day {last}", f"{as_of}, as_of of the descriptor")


def unknown_sources(data: Geodata) -> Iterator[Problem]:
    """Yield a problem for each source key that the descriptor does not explain."""
    if not data.sources:  # the descriptor could not be read, which is a problem of its own
        return
    known = ", ".join(data.sources)
    used = [
        (f"{name}.geojson", identifier, key)
        for name in FILES
        for column in ("source" if name == "faces" else "digitized_after",)
        for identifier, keys in zip(getattr(data, name).id, getattr(data, name)[column], strict=True)
        for key in keys
    ]
    used += [
        ("layers.json", identifier, figure["source"])
        for layer in data.layers
        for identifier, feature in layer["features"].items()
        for figure in feature.get("figures", [])
        if figure["source"] != "article"
    ]
    used += [
        ("layers.json", layer["id"], figure["source"])
        for layer in data.layers
        for figure in layer.get("figures", [])
    ]
    used += [
        ("claims.json", claim["id"], figure["source"])
        for claim in data.claims
        for figure in claim.get("beside", [])
    ]
    used += [
        ("dates.json", day["id"], key)
        for day in data.dates
        for key in (day["source"], *day.get("more_sources", []))
        if key != "article"
    ]
    used += [
        ("notices.json", sentence["text"][:30], key)
        for sentence in data.notices["afterwards"]
        for key in sentence["sources"]
    ]
    used += [
        ("corrections.json", correction["id"], key)
        for correction in data.corrections
        for key in correction.get("sources", [])
    ]
    for file, identifier, key in used:
        if key not in data.sources:
            yield Problem(file, identifier, f"the source key {shortened(key)}", f"one of {known}")
