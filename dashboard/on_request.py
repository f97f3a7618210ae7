"""What is made when it is asked for: pictures of a view, a layer's part, a layer with other names."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from dashboard.headers import CROSS_ORIGIN
from dashboard.query import UI, NoSuchAddressError, refuse_unknown
from dashboard.representations import Representation
from dashboard.slow_answers import SlowAnswers
from layers import Atlas
from layers.data.problems import UnknownChoiceError
from layers.data.web_address import is_web_address
from layers.exports.formats import LAYER_FORMATS
from layers.exports.geojson import within
from layers.in_words import view_in_words
from layers.language.speaking import SPOKEN, spoken
from layers.printed import KEYS, PICTURE_TYPES, picture_bytes, view
from layers.style.captions import LANGUAGES
from layers.translated_atlas import translated_atlas

_BYTES_KEPT, _WAITING = 64 * 2**20, 8


@dataclass(frozen=True)
class OnRequest:
    """The atlas and what is made of it on request; `dated` are the tag and the date of whatever it sends."""

    atlas: Atlas
    address: str
    dated: Mapping[str, str]
    _pictures: SlowAnswers[Representation] = field(
        default_factory=lambda: SlowAnswers(kept=_BYTES_KEPT, waiting=_WAITING, size_of=_size), compare=False
    )

    @property
    def said(self) -> Atlas:
        """The atlas in the language that is spoken."""
        return translated_atlas(self.atlas)

    def layer_file(self, layer: str, extension: str, lang: str, bbox: str) -> Representation:
        """Return a layer in a format and form of names, or its part in a box. Raises RequestError."""
        if extension not in LAYER_FORMATS:
            raise NoSuchAddressError("format", extension, LAYER_FORMATS)
        if lang not in LANGUAGES:
            raise UnknownChoiceError("lang", lang, LANGUAGES)
        chosen = LAYER_FORMATS[extension]
        part = within(self.said.layers[layer], bbox) if bbox else self.said.layers[layer]
        return _public(chosen.make(self.said, part, lang), chosen.media_type)

    def picture(
        self, kind: str, asked: Mapping[str, str], host: str = "", client: str = ""
    ) -> Future[Representation]:
        """Begin to print the map of the view that a query asks for. Raises RequestError, BusyError.

        `host` is where the server was found, for a QR code if the server's address is not set; `client` who
        asks for it.
        """
        if kind not in PICTURE_TYPES:
            raise NoSuchAddressError("format", kind, PICTURE_TYPES)
        refuse_unknown(asked, ("size", UI, *KEYS))
        shown = view(self.said, **{key: asked.get(key) for key in KEYS})
        size = asked.get("size") or "a4"
        address = self.view_address(asked, host if shown.qr else "")

        def draw() -> Representation:
            drawn = picture_bytes(self.said, shown, format=kind, size=size, address=address)
            return _public(drawn, PICTURE_TYPES[kind])

        return self._pictures.begin((shown, kind, size, address, spoken()), draw, client)

    def view_address(self, asked: Mapping[str, str], host: str = "") -> str:
        """Return the reader's address with the view of a picture; "" if neither it nor `host` is known.

        It names the version of the data: opened when that is superseded, the reader says what has changed.
        """
        folder = self.address or (host if is_web_address(host) else "")
        extent = {key: asked[key] for key in ("view", "feature", "compare") if asked.get(key)}
        version = urlencode({"v": self.atlas.descriptor["version"]})
        query = "&".join(filter(None, (self.known_query(asked), urlencode(extent, safe="/"), version)))
        return f"{folder}?{query}" if folder else ""

    def known_view(self, asked: Mapping[str, str]) -> tuple[str, str]:
        """Return what a query says that is known, and that view of the map in words."""
        query = self.known_query(asked)
        known = dict(parse_qsl(query, keep_blank_values=True))
        shown = view(self.said, layers=known.get("layers"), date=known.get("date"))
        return query, view_in_words(self.said, shown.layers, shown.date)

    def known_query(self, asked: Mapping[str, str]) -> str:
        """Return what a query says of layers, date, names and bands, without whatever is unknown."""
        layers = asked.get("layers")
        shown = [layer for layer in self.atlas.layers if layer in (layers or "").split(",")]
        chosen = {"layers": ",".join(shown)} if shown or layers == "" else {}
        days = [day.id for day in self.atlas.annotations.days]
        for key, known in (("date", days), ("lang", LANGUAGES), ("uncertainty", ("1",)), (UI, SPOKEN)):
            if asked.get(key) in known:
                chosen[key] = asked[key]
        return urlencode(chosen, safe=",")


def _size(picture: Representation) -> int:
    return len(picture.body) + len(picture.zipped or b"")


def _public(body: bytes, media_type: str) -> Representation:
    headers = {"Content-Type": media_type, "Cache-Control": "no-cache", **CROSS_ORIGIN}
    return Representation.of(body, headers)
