"""All the files that people take away, as one folder or one archive: data, pictures, and what they are."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from layers.atlas import Atlas
from layers.citation import article_reference, citation, edition
from layers.citation_formats import citation_files
from layers.exports.archive import archive_bytes
from layers.exports.corrections import corrections_files
from layers.exports.data_package import NAME, data_package_bytes
from layers.exports.delimited import (
    ANNOTATIONS,
    CLAIMS,
    FEATURES,
    annotations_csv,
    claims_csv,
    features_csv,
)
from layers.exports.formats import LAYER_FORMATS
from layers.exports.geopackage import geopackage_bytes
from layers.exports.kml import kml_bytes
from layers.exports.linked_places import LINKED_PLACES, linked_places_bytes
from layers.exports.spreadsheet import workbook_bytes
from layers.exports.templating import render
from layers.exports.web_annotations import ADDRESS, annotations_bytes
from layers.language.speaking import ENGLISH, SPOKEN, speaking, spoken
from layers.language.written import long_date
from layers.robustness import draws, robustness_bytes
from layers.style.captions import captions, form_of_names
from layers.text.quotes import shown_quotes
from layers.translated_atlas import translated_atlas

README, SUMS = "README.txt", "SHA256SUMS"
ROBUSTNESS = "robustness.json"
PICTURES = "pictures/"
DRAWINGS, README_OF_DRAWINGS, INDEX_OF_DRAWINGS = "drawings", "README.md", "drawings.json"
_LICENCES = ("LICENSE-geodata.txt", "LICENSE-quotes.txt")
_NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def all_files(
    atlas: Atlas,
    *,
    full_article: bool = False,
    lang: str = "article",
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    address: str = "",
) -> dict[str, bytes]:
    """Return every file by its path, `pictures` (by path) among them; the same input gives the same bytes.

    `atlas` is the English one; the files are in the language that is spoken, and what is in them is told in
    each. Without `full_article` only those passages of the article are in it that describe something on the
    map; its whole text is not ours to publish. `lang` is the form of each feature's `name`, `address` that of
    the site, with a slash at its end, if it is known. Raises OSError.
    """
    said = translated_atlas(atlas)
    files = {
        **dict(_layer_files(said, lang)),
        **_whole_files(said, lang, full_article=full_article),
        **pictures,
        **drawings_files(said),
        **{name: _licence(said, name) for name in _LICENCES},
    }
    readmes = {language: in_language(README, language, spoken()) for language in SPOKEN}
    paths = [*files, *readmes.values()]
    for language, name in readmes.items():
        with speaking(language):
            files[name] = _readme(translated_atlas(atlas), paths, address)
    titles = {path: file_title(said, path) for path in paths}
    files[NAME] = data_package_bytes(said, files, titles, address)
    files[SUMS] = sums(files)
    return files


def translated_downloads(atlas: Atlas, *, full_article: bool = False) -> dict[str, bytes]:
    """Return the files for GIS that show many words, in the language that is spoken, by name.

    Columns, ids and codes are the same in each; names have the form of the language.
    """
    said, lang = translated_atlas(atlas), form_of_names()
    name = atlas.descriptor["name"]
    files = {
        f"{name}.gpkg": geopackage_bytes(said, lang, full_article=full_article),
        f"{name}.kml": kml_bytes(said, lang),
    }
    return {in_language(path, spoken()): body for path, body in files.items()}


def in_language(path: str, language: str, plain: str = ENGLISH) -> str:
    """Return how a file is named in a language; one in the language `plain` has no language in its name."""
    stem, _, extension = path.rpartition(".")
    return path if language == plain else f"{stem}.{language}.{extension}"


def drawn(atlas: Atlas, lang: str = "article") -> dict[str, bytes]:
    """Return the printed map as first shown, A4, in each format, by path."""
    from layers.printed import PICTURE_TYPES, pictures, view  # noqa: PLC0415 - matplotlib is slow to load

    made = pictures(atlas, view(atlas, lang=lang), PICTURE_TYPES)
    return {f"{PICTURES}map.{kind}": body for kind, body in made.items()}


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the files of `all_files` as a zip, all in one folder of the name that their data package has."""
    folder = json.loads(files[NAME])["name"]
    return archive_bytes({f"{folder}/{path}": content for path, content in files.items()})


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the files' checksums as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items()]
    return "".join(lines).encode()


def drawings_files(atlas: Atlas) -> dict[str, bytes]:
    """Return the other drawings by path, as they are, with their index and what is to know of them."""
    names = dict.fromkeys(piece["file"] for drawing in atlas.drawings for piece in drawing["pieces"])
    paths = (f"{DRAWINGS}/{name}" for name in (README_OF_DRAWINGS, INDEX_OF_DRAWINGS, *names))
    return {path: (atlas.folder / path).read_bytes() for path in paths}


def _layer_files(atlas: Atlas, lang: str) -> Iterator[tuple[str, bytes]]:
    for form in LAYER_FORMATS.values():
        if form.path:
            yield from (
                (form.path.format(layer.id), form.make(atlas, layer, lang)) for layer in atlas.layers.values()
            )


def _whole_files(atlas: Atlas, lang: str, *, full_article: bool) -> dict[str, bytes]:
    quotes = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    name = atlas.descriptor["name"]
    return {
        f"{name}.gpkg": geopackage_bytes(atlas, lang, full_article=full_article),
        f"{name}.kml": kml_bytes(atlas, lang),
        f"{name}.xlsx": workbook_bytes(atlas, lang, full_article=full_article),
        FEATURES: features_csv(atlas, lang=lang),
        ANNOTATIONS: annotations_csv(atlas, quotes),
        CLAIMS: claims_csv(atlas),
        ROBUSTNESS: robustness_bytes(atlas, draws(atlas)),
        **corrections_files(atlas),
        LINKED_PLACES: linked_places_bytes(atlas, lang),
        ADDRESS: annotations_bytes(atlas, quotes, folder=""),
        **citation_files(atlas),
    }


def file_title(atlas: Atlas, path: str) -> str:
    """Return what a file is, in a few words: its own caption, or that of its layer with the format's."""
    stem, _, extension = path.rpartition(".")
    if (language := stem.rpartition(".")[2]) in SPOKEN:
        title = file_title(atlas, f"{stem.removesuffix(f'.{language}')}.{extension}")
        return f"{title} ({captions()['interface_languages'][language]})"
    names = {key.format(name=atlas.descriptor["name"]): text for key, text in captions()["files"].items()}
    stem, _, extension = path.rpartition("/")[-1].rpartition(".")
    if path in names:
        return str(names[path])
    layer = atlas.layers.get(stem)
    title = layer.title if layer else atlas.descriptor["title"]
    return f"{title} ({names.get(extension, extension)})"


def _licence(atlas: Atlas, name: str) -> bytes:
    values = {"licence": atlas.descriptor["licenses"][0], "copyright": atlas.article.metadata["copyright"]}
    return render(name, article=article_reference(atlas), **values).encode()


def _readme(atlas: Atlas, paths: Iterable[str], address: str) -> bytes:
    text = render(
        "README.txt",
        about=atlas.descriptor,
        as_of=long_date(atlas.descriptor["as_of"]),
        article=article_reference(atlas),
        rights=atlas.article.metadata["copyright"],
        citation=citation(atlas),
        edition=edition(atlas, address),
        files=_by_width((path, file_title(atlas, path)) for path in paths),
    )
    return text.encode()


def _by_width(titles: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return paths, filled up to the longest, and titles: two columns of plain text."""
    rows = sorted(titles)
    width = max(len(path) for path, _ in rows)
    return [(path.ljust(width), title) for path, title in rows]
