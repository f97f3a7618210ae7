"""Everything in one folder: complete, described, sound, always the same, and no more than is ours to give."""

import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from layers import Atlas
from layers.citation import citation, edition
from layers.data.folders import GEODATA
from layers.exports.data_package import data_package_bytes
from layers.exports.everything import all_files, archive, drawn
from layers.exports.formats import LAYER_FORMATS
from layers.exports.geopackage import geopackage_bytes
from layers.exports.kml import kml_bytes
from layers.exports.spreadsheet import workbook_bytes
from layers.exports.writing import write_files
from layers.text.article import Paragraph
from layers.text.quotes import shown_quotes
from tests.layers.exports.reading_back import IDS

WHOLE = (
    *("karabakh-2020.gpkg", "karabakh-2020.kml", "karabakh-2020.xlsx"),
    *("features.csv", "annotations.csv", "claims.csv"),
    *("corrections.json", "CORRECTIONS.md", "citation.bib", "citation.ris", "citation.json"),
    *("robustness.json", "places.lpf.json"),
    *(f"drawings/{path.name}" for path in (GEODATA / "drawings").iterdir()),
    *("annotations.jsonld", "LICENSE-geodata.txt", "LICENSE-quotes.txt"),
    *("README.txt", "README.az.txt", "README.hy.txt", "README.ru.txt"),
)
PICTURES = ("pictures/map.png", "pictures/map.svg", "pictures/map.pdf")
EACH = ("{}.geojson", "flatgeobuf/{}.fgb", "geoparquet/{}.parquet")
SLIPS = {  # a path, what is there, and what is there instead, by the fault that it is
    "foreign-key": ("claims.csv", b",one-third,", b",no-such-passage,"),
    "type-error": ("features.csv", b"2020-12-08", b"yesterday"),
    "hash-count": ("karabakh-2020.kml", b"Shusha", b"Shushi"),
    "byte-count": ("geoparquet/places.parquet", b"PAR1", b""),
}
REACH = 40  # characters around a shown passage that its prefix and suffix may hold
ENOUGH = 20  # characters that stand nowhere by chance


@pytest.fixture(scope="module")
def files(atlas: Atlas) -> dict[str, bytes]:
    """Every file by its path, and the pictures among them."""
    return all_files(atlas, pictures=drawn(atlas))


@pytest.fixture(scope="module")
def package(files: dict[str, bytes]) -> Any:  # noqa: ANN401 - JSON
    return json.loads(files["datapackage.json"])


def _resources(package: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {resource["path"]: resource for resource in package["resources"]}


def _hidden(paragraph: Paragraph, atlas: Atlas) -> Iterator[str]:
    """Yield what stands between the shown passages of a paragraph, but for what stands around them."""
    shown = shown_quotes(atlas.annotations.quotes, full_article=False)
    inside = [(quote.start, quote.end) for quote in shown if quote.paragraph == paragraph.number]
    start = paragraph.start
    for first, last in [*inside, (paragraph.start + len(paragraph.text),) * 2]:
        words = paragraph.text[start - paragraph.start + REACH : first - paragraph.start - REACH]
        if len(words) >= ENOUGH:
            yield words
        start = last


def _texts(files: dict[str, bytes]) -> str:
    """Return everything that the files say, as one text; what is packed is unpacked."""
    packed = {path: content for path, content in files.items() if path.endswith(".parquet")}
    plain = [content.decode("utf-8", "replace") for path, content in files.items() if path not in packed]
    tables = [pd.read_parquet(io.BytesIO(content)) for content in packed.values()]
    return "\n".join([*plain, *(text for table in tables for text in table.quotes)])


def test_every_file_is_there(files: dict[str, bytes]) -> None:
    layers = [form.format(layer) for form in EACH for layer in IDS]

    assert sorted(files) == sorted([*layers, *WHOLE, *PICTURES, "datapackage.json", "SHA256SUMS"])
    assert [path for path, content in files.items() if not content] == []


def test_other_drawings_are_as_they_were_each_with_the_licences_it_is_under(
    files: dict[str, bytes],
    package: Any,  # noqa: ANN401 - JSON
) -> None:
    kept = {path: content for path, content in files.items() if path.startswith("drawings/")}
    licences = {
        path: [each["title"] for each in told["licenses"]]
        for path, told in _resources(package).items()
        if path in kept and "licenses" in told
    }

    assert [path for path, content in kept.items() if (GEODATA / path).read_bytes() != content] == []
    assert licences == {
        "drawings/held-2020-09-26.geojson": ["public domain", "ODbL-1.0"],
        "drawings/oblast-1991.geojson": ["public domain"],
        "drawings/rayons-natural-earth.geojson": ["public domain"],
        "drawings/rayons.geojson": ["CC0-1.0"],
        "drawings/rump-2020-12.geojson": ["public domain", "CC0-1.0"],
    }


def test_layers_are_the_files_that_the_web_serves(files: dict[str, bytes], atlas: Atlas) -> None:
    served = {
        "{}.geojson": "geojson",
        "flatgeobuf/{}.fgb": "fgb",
        "geoparquet/{}.parquet": "parquet",
    }

    assert {
        form.format(layer): LAYER_FORMATS[extension].make(atlas, atlas.layers[layer], "article")
        for form, extension in served.items()
        for layer in IDS
    }.items() <= files.items()


def test_the_checksums_are_those_of_all_the_other_files(files: dict[str, bytes], tmp_path: Path) -> None:
    write_files(tmp_path, files)
    checking = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
    checked = subprocess.run(checking, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    assert files["SHA256SUMS"].count(b"\n") == len(files) - 1


def test_frictionless_finds_the_data_package_valid_and_each_slip_in_it(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    import frictionless  # noqa: PLC0415 - slow to load, in each process that collects tests

    write_files(tmp_path, files)
    sound = frictionless.validate(str(tmp_path / "datapackage.json"))
    for path, old, new in SLIPS.values():
        (tmp_path / path).write_bytes(files[path].replace(old, new))
    broken = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert sound.flatten(["name", "type", "message"]) == []
    assert sound.stats["tasks"] == len(files) - 2
    assert {kind for (kind,) in broken.flatten(["type"])} >= SLIPS.keys()


def test_data_package_says_what_each_file_is(package: Any, files: dict[str, bytes]) -> None:  # noqa: ANN401
    resources = _resources(package)
    names = [resource["name"] for resource in package["resources"]]

    assert set(resources) == set(files) - {"datapackage.json", "SHA256SUMS"}
    assert len(names) == len(set(names))
    assert {path: (each["bytes"], each["hash"]) for path, each in resources.items()} == {
        path: (len(files[path]), f"sha256:{hashlib.sha256(files[path]).hexdigest()}") for path in resources
    }
    assert [path for path, each in resources.items() if each["mediatype"] == "application/octet-stream"] == []


def test_data_package_says_whose_it_is_and_after_what(package: Any, atlas: Atlas) -> None:  # noqa: ANN401
    kept = ("title", "version", "licenses", "attribution", "disclaimer", "as_of")

    assert {key: package[key] for key in kept} == {key: atlas.descriptor[key] for key in kept}
    assert [source["name"] for source in package["sources"]] == [
        source["name"] for source in atlas.descriptor["sources"]
    ]
    assert package["created"] == f"{atlas.descriptor['created']}T00:00:00Z"
    assert (package["edition"], package.get("homepage")) == (edition(atlas), None)


def test_data_package_of_a_site_leads_to_what_superseded_it(atlas: Atlas) -> None:
    address = "https://a.example/"
    package = json.loads(data_package_bytes(atlas, {}, {}, address))

    assert package["homepage"] == address
    assert package["edition"].endswith(f" {address}?v={atlas.descriptor['version']}")


def test_nothing_of_the_article_is_in_it_but_the_passages_that_describe(
    files: dict[str, bytes], atlas: Atlas
) -> None:
    said = _texts(files)
    hidden = [words for paragraph in atlas.article.paragraphs for words in _hidden(paragraph, atlas)]

    assert sum(map(len, hidden)) > 0.35 * sum(len(p.text) for p in atlas.article.paragraphs)
    assert [words for words in hidden if words in said] == []
    assert [
        q.id for q in shown_quotes(atlas.annotations.quotes, full_article=False) if q.exact not in said
    ] == []


def test_full_article_and_language_reach_every_format(atlas: Atlas) -> None:
    files = all_files(atlas, full_article=True, lang="hy")
    ids = [quote.id for quote in atlas.annotations.quotes]
    features = pd.read_csv(io.BytesIO(files["features.csv"]), index_col="id")
    parquet = pd.read_parquet(io.BytesIO(files["geoparquet/places.parquet"])).set_index("id")
    geojson = {each["id"]: each["properties"] for each in json.loads(files["places.geojson"])["features"]}

    assert list(pd.read_csv(io.BytesIO(files["annotations.csv"])).id) == ids
    assert json.loads(files["annotations.jsonld"])["total"] == len(ids) + len(atlas.claims)
    assert features.loc["aghdam", "name"] == parquet.loc["aghdam", "name"] == "Ակնա"
    assert geojson["aghdam"]["name"] == "Ակնա"
    assert files["karabakh-2020.gpkg"] == geopackage_bytes(atlas, "hy", full_article=True)
    assert files["karabakh-2020.kml"] == kml_bytes(atlas, "hy")
    assert files["karabakh-2020.xlsx"] == workbook_bytes(atlas, "hy", full_article=True)


def test_archive_holds_every_file_in_one_folder(files: dict[str, bytes]) -> None:
    content = archive(files)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
        about = {(member.external_attr >> 16, member.date_time) for member in opened.infolist()}

    assert members == {f"karabakh-2020/{path}": each for path, each in files.items()}
    assert about == {(0o100644, (1980, 1, 1, 0, 0, 0))}  # a file that all may read, of no day


def test_readme_names_every_file_and_says_how_to_cite(files: dict[str, bytes], atlas: Atlas) -> None:
    text = " ".join(files["README.txt"].decode().split())

    assert [path for path in files if path not in text] == []
    assert citation(atlas) in text
    assert edition(atlas) in text
    assert atlas.descriptor["disclaimer"] in text
    assert atlas.descriptor["attribution"] in text
    assert atlas.article.metadata["copyright"] in text


def test_licences_name_the_owners_and_only_files_that_are_there(
    files: dict[str, bytes], atlas: Atlas
) -> None:
    geodata, quotes = (files[name].decode() for name in ("LICENSE-geodata.txt", "LICENSE-quotes.txt"))
    named = re.findall(r"[\w-]+\.(?:txt|json|md)", geodata + quotes)

    assert atlas.descriptor["licenses"][0]["path"] in geodata
    assert atlas.article.metadata["copyright"] in quotes
    assert set(named) <= set(files)


def test_each_format_has_a_title_and_a_media_type() -> None:
    assert [
        form for form in LAYER_FORMATS.values() if not form.title or form.media_type.count("/") != 1
    ] == []
