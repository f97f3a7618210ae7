"""The words of the data in the language that the interface speaks; what has no translation stays English.

`layers/locale/words.json` says which fields of which files are words. Names, ids, quotes and sources are not:
they are the same in every language.
"""

import json
from dataclasses import replace

import geopandas as gpd

from layers.data.files import DESCRIPTOR, FILES, NOTICES, WORDS, Geodata
from layers.data.schemas import Json
from layers.language.catalogues import LOCALE, translated
from layers.language.messages import Message, patterns, translate
from layers.language.speaking import ENGLISH, spoken

WORDS_OF: dict[str, tuple[str, ...]] = {
    file: tuple(fields)
    for file, fields in json.loads((LOCALE / "words.json").read_text(encoding="utf-8"))["geodata"].items()
}


def said(data: Geodata) -> Geodata:
    """Return the data with its words in the language that is spoken; geometry and all else is the same."""
    if spoken() == ENGLISH:
        return data
    frames = {name: _frame(name, getattr(data, name)) for name in FILES if f"{name}.geojson" in WORDS_OF}
    words = {name: said_of(f"{name}.json", getattr(data, name)) for name in WORDS}
    descriptor, notices = said_of(DESCRIPTOR, data.descriptor), said_of(NOTICES, data.notices)
    return replace(data, **frames, **words, notices=notices, descriptor=descriptor)


def said_of(file: str, tree: Json) -> Json:
    """Return what a file holds with its words in the language that is spoken."""
    if file not in WORDS_OF or spoken() == ENGLISH:
        return tree
    return translate(file, tree, patterns(list(WORDS_OF[file])), _say)


def entries_of(tree: Json) -> Json:
    """Return the properties of each feature of a GeoJSON file as a list; of any other, what it holds."""
    if isinstance(tree, dict) and tree.get("type") == "FeatureCollection":
        return [{"id": feature.get("id"), **feature["properties"]} for feature in tree["features"]]
    return tree


def _frame(name: str, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    words = sorted({field.split(".")[1] for field in WORDS_OF[f"{name}.geojson"]} & set(frame.columns))
    rows = said_of(f"{name}.geojson", frame[["id", *words]].to_dict("records"))
    return frame.assign(**{word: [row[word] for row in rows] for word in words})


def _say(message: Message) -> str:
    return translated(message.text, "data")
