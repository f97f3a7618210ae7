"""Everything the dashboard serves, built from the atlas: downloads when first asked for, the rest at once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import layers
from dashboard.assets import MAP_SCRIPTS, MAP_STYLES, linked, served_address
from dashboard.headers import map_policy
from dashboard.layer_index import index_bytes, layer_index
from dashboard.link_preview import link_preview
from dashboard.map_document import map_document
from dashboard.reading_room import reading_room
from dashboard.representations import Representation
from dashboard.settings import settings
from dashboard.site import downloads
from dashboard.slow_answers import SlowAnswers
from dashboard.templating import HERE
from layers import Atlas, build_atlas
from layers.data.problems import UnknownChoiceError
from layers.exports.data_package import media_type
from layers.exports.formats import layer_format
from layers.exports.geojson import MEDIA_TYPE, geojson_bytes, within
from layers.exports.web_annotations import MEDIA_TYPE as ANNOTATIONS_MEDIA_TYPE
from layers.exports.web_annotations import annotations_bytes
from layers.presentation import held_by_day
from layers.printed import PICTURE_TYPES, View, picture_bytes
from layers.style.captions import LANGUAGES
from layers.text.quotes import shown_quotes

_PICTURES_KEPT, _WAITING = 64, 8
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Content:
    """The atlas and its representations: map document, reading room, annotations, layers and their index.

    `layers` holds each layer as GeoJSON by the form of names and its id; `modified` is when the newest of the
    files that all this is made of was changed.
    """

    atlas: Atlas
    modified: datetime
    map: Representation
    map_policy: str
    reading: Representation
    annotations: Representation
    layers: dict[str, dict[str, Representation]]
    index: Representation
    held: dict[str, list[str]]
    _downloads: SlowAnswers[dict[str, Representation]] = field(
        default_factory=lambda: SlowAnswers(kept=1, waiting=_WAITING), compare=False
    )
    _pictures: SlowAnswers[Representation] = field(
        default_factory=lambda: SlowAnswers(kept=_PICTURES_KEPT, waiting=_WAITING), compare=False
    )

    def layer_file(self, layer: str, extension: str, lang: str, bbox: str) -> Representation:
        """Return a layer in a format and form of names, or that part of it. Raises RequestError."""
        if extension == "geojson" and not bbox:
            return self.layers[lang][layer]
        chosen = layer_format(extension)
        part = within(self.atlas.layers[layer], bbox) if bbox else self.atlas.layers[layer]
        return Representation(chosen.make(self.atlas, part, lang), chosen.media_type, self.modified)

    def download(self, name: str) -> Representation:
        """Return a file of the archive, the archive, or the page in one file. May raise as `picture`."""
        found = self._downloads.get("all", self._built_downloads)
        if name not in found:
            raise UnknownChoiceError("file", name, found)
        return found[name]

    def picture(self, shown: View, kind: str, size: str, address: str) -> Representation:
        """Return the printed map. Raises RequestError, BusyError."""

        def draw() -> Representation:
            drawn = picture_bytes(self.atlas, shown, format=kind, size=size, address=address)
            return Representation(drawn, PICTURE_TYPES[kind], self.modified)

        return self._pictures.get((shown, kind, size, address), draw)

    def _built_downloads(self) -> dict[str, Representation]:
        files = downloads(self.atlas, address=settings().address)
        return {name: Representation(body, media_type(name), self.modified) for name, body in files.items()}


@cache
def content() -> Content:
    """Build everything. Raises GeodataError; a failed build is tried again when next asked for."""
    chosen = settings()
    atlas = build_atlas(chosen.geodata, chosen.seeds)
    document = map_document(
        atlas,
        assets=linked(map(served_address, (*MAP_STYLES, *MAP_SCRIPTS))),
        preview=link_preview(f"{chosen.address or '/'}map.png?size=card"),
    )
    modified = _last_change(chosen.geodata, chosen.seeds, Path(layers.__file__).parent, HERE)
    files = {
        lang: {
            layer.id: Representation(geojson_bytes(atlas, layer, lang), MEDIA_TYPE, modified)
            for layer in atlas.layers.values()
        }
        for lang in LANGUAGES
    }
    index = layer_index(atlas, "/", {layer: one.body for layer, one in files["article"].items()})
    quotes = shown_quotes(atlas.annotations.quotes, full_article=chosen.full_article)
    reading = reading_room(atlas, full_article=chosen.full_article, base="/", live=True)
    return Content(
        atlas=atlas,
        modified=modified,
        map=Representation(document.encode(), _HTML),
        map_policy=map_policy(document),
        reading=Representation(reading.encode(), _HTML),
        annotations=Representation(annotations_bytes(atlas, quotes), ANNOTATIONS_MEDIA_TYPE, modified),
        layers=files,
        index=Representation(index_bytes(index), "application/json", modified),
        held=held_by_day(atlas),
    )


def _last_change(*folders: Path) -> datetime:
    """Return when the newest source below these folders was changed, to the second as HTTP has it."""
    files = (path for folder in folders for path in folder.rglob("*.*") if path.parent.name != "__pycache__")
    newest = max(path.stat().st_mtime for path in files if path.is_file())
    return datetime.fromtimestamp(int(newest), UTC)
