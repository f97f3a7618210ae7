"""Everything in one folder: complete, described, sound, always the same, and no more than is ours to give."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from layers import Atlas, build_atlas
from layers.data.files import ROOT
from layers.data.problems import UnknownChoiceError
from layers.exports.everything import all_files, archive
from layers.exports.formats import LAYER_FORMATS, layer_format
from layers.text.article import Paragraph
from layers.text.citation import citation
from layers.text.quotes import shown_quotes
from tests.layers.exports.reading_back import IDS

WHOLE = (
    *("karabakh-2020.gpkg", "karabakh-2020.kml", "features.csv", "annotations.csv", "claims.csv"),
    *("annotations.jsonld", "LICENSE-geodata.txt", "LICENSE-quotes.txt", "README.txt"),
)
EACH = ("{}.geojson", "flatgeobuf/{}.fgb", "geoparquet/{}.parquet")
PNG = {"pictures/map.png": b"\x89PNG\r\n\x1a\n"}
SLIPS = {  # a path, what is there, and what is there instead, by the fault that it is
    "foreign-key": ("claims.csv", b",one-third,", b",no-such-passage,"),
    "type-error": ("features.csv", b"2020-12-08", b"yesterday"),
    "hash-count": ("karabakh-2020.kml", b"Shusha", b"Shushi"),
    "byte-count": ("geoparquet/places.parquet", b"PAR1", b""),
}
DIGEST = """
import hashlib
from layers import build_atlas
from layers.exports.everything import all_files
for path, content in all_files(build_atlas()).items():
    print(hashlib.sha256(content).hexdigest(), "", path)
"""
REACH = 40  # characters around a shown passage that its prefix and suffix may hold
ENOUGH = 20  # characters that stand nowhere by chance

each_format = pytest.mark.parametrize("extension", LAYER_FORMATS)


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

    assert sorted(files) == sorted([*layers, *WHOLE, "datapackage.json", "SHA256SUMS"])
    assert [path for path, content in files.items() if not content] == []


def test_layers_are_the_files_that_the_web_serves(files: dict[str, bytes], atlas: Atlas) -> None:
    served = {
        "{}.geojson": "geojson",
        "flatgeobuf/{}.fgb": "fgb",
        "geoparquet/{}.parquet": "parquet",
    }

    assert {
        form.format(layer): layer_format(extension).make(atlas, atlas.layers[layer], "article")
        for form, extension in served.items()
        for layer in IDS
    }.items() <= files.items()


def test_two_builds_give_the_same_bytes(files: dict[str, bytes]) -> None:
    again = all_files(build_atlas())

    assert [path for path in files if again[path] != files[path]] == []


def test_two_processes_give_the_same_bytes(files: dict[str, bytes]) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Baku", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", DIGEST]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    ours = [f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in files.items()]

    assert done.stdout.splitlines() == ours


def test_checksums_verify(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == sum(path.is_file() for path in folder.rglob("*")) - 1


def test_frictionless_finds_the_data_package_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.flatten(["name", "type", "message"]) == []
    assert report.stats["tasks"] == sum(path.is_file() for path in folder.rglob("*")) - 2


@pytest.mark.parametrize("slip", SLIPS)
def test_frictionless_finds_what_is_broken(slip: str, folder: Path, tmp_path: Path) -> None:
    path, old, new = SLIPS[slip]
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / path).write_bytes((copy / path).read_bytes().replace(old, new))
    report = frictionless.validate(str(copy / "datapackage.json"))

    assert slip in {kind for (kind,) in report.flatten(["type"])}


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


def test_full_article_brings_the_passages_that_only_name(atlas: Atlas) -> None:
    files = all_files(atlas, full_article=True)
    ids = [quote.id for quote in atlas.annotations.quotes]

    assert list(pd.read_csv(io.BytesIO(files["annotations.csv"])).id) == ids
    assert json.loads(files["annotations.jsonld"])["total"] == len(ids) + len(atlas.claims)


def test_language_changes_names_everywhere(atlas: Atlas) -> None:
    files = all_files(atlas, lang="hy")
    features = pd.read_csv(io.BytesIO(files["features.csv"]), index_col="id")
    parquet = pd.read_parquet(io.BytesIO(files["geoparquet/places.parquet"])).set_index("id")
    geojson = {each["id"]: each["properties"] for each in json.loads(files["places.geojson"])["features"]}

    assert features.loc["aghdam", "name"] == parquet.loc["aghdam", "name"] == "Ակնա"
    assert geojson["aghdam"]["name"] == "Ակնա"


def test_pictures_are_taken_along_and_described(atlas: Atlas) -> None:
    files = all_files(atlas, pictures=PNG)
    resource = _resources(json.loads(files["datapackage.json"]))["pictures/map.png"]

    assert files["pictures/map.png"] == PNG["pictures/map.png"]
    assert (resource["mediatype"], resource["bytes"]) == ("image/png", 8)
    assert b"pictures/map.png" in files["README.txt"]
    assert b"pictures/map.png" in files["SHA256SUMS"]


def test_archive_holds_every_file_in_one_folder(files: dict[str, bytes]) -> None:
    content = archive(files)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
        modes = {member.external_attr >> 16 for member in opened.infolist()}

    assert members == {f"karabakh-2020/{path}": each for path, each in files.items()}
    assert archive(files) == content
    assert modes == {0o100644}  # a file that all may read


def test_readme_names_every_file_and_says_how_to_cite(files: dict[str, bytes], atlas: Atlas) -> None:
    text = " ".join(files["README.txt"].decode().split())

    assert [path for path in files if path not in text] == []
    assert citation(atlas) in text
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


@each_format
def test_a_format_has_a_title_and_a_media_type(extension: str) -> None:
    form = layer_format(extension)

    assert form.title
    assert form.media_type.count("/") == 1


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownChoiceError) as caught:
        layer_format("shp")

    assert str(caught.value) == "There is no format “shp”; there are geojson, fgb, parquet, csv."
