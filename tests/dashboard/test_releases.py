"""Releases: made once, found again by version, served without a way out, and told what superseded them."""

import json
from pathlib import Path

import pytest
from lxml import etree

from dashboard.__main__ import main
from dashboard.releases import answer, find, versions
from dashboard.representations import LARGEST_IN_MEMORY, Representation
from layers import Atlas
from layers.exports.datacite import datacite_files

PAGE = "<!DOCTYPE html><html lang='en'><head></head><body class='x'><p>Old</p></body></html>"
FILES = ("index.html", "map/index.html", "map.svg", "download/page.html", ".hidden", "sub/.git/config")


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A folder with two releases, and what is none, beside a file that is nobody's business."""
    folder = tmp_path / "releases"
    for version in ("2.10.0", "2.9.0"):
        for name in FILES:
            path = folder / version / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE, encoding="utf-8")
    (folder / "drafts").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "2.9.0" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def _sent(folder: Path, version: str, name: str) -> Representation:
    path = find(folder, version, name)
    assert path
    return answer(path, name, version, "2.10.0")


def test_releases_are_those_folders_that_are_named_by_a_version_the_oldest_first(releases: Path) -> None:
    assert versions(releases) == ["2.9.0", "2.10.0"]


def test_nothing_is_found_outside_a_release_or_hidden_in_it(releases: Path) -> None:
    asked = [(version, "index.html") for version in ("", ".", "..", "drafts", "9.9.9", "2.9.0/../2.10.0")]
    asked += [
        ("2.9.0", name) for name in ("../2.10.0/index.html", "../../secret.txt", "/etc/passwd", "link.txt")
    ]
    asked += [
        ("2.9.0", name) for name in (".hidden", "sub/.git/config", "map", "nope", "\0", "a\\..\\b", "/")
    ]

    assert [each for each in asked if find(releases, *each)] == []
    assert [bool(find(releases, "2.9.0", name)) for name in ("", "map/", "map.svg")] == [True] * 3


def test_a_superseded_page_says_so_and_the_newest_does_not(releases: Path) -> None:
    pages = [_sent(releases, *each) for each in (("2.9.0", ""), ("2.9.0", "map/"), ("2.10.0", ""))]
    bodies = [page.body.decode() for page in pages]

    assert [
        f'<a href="{up}?v=2.9.0"' in body for up, body in zip(("../../", "../../../"), bodies, strict=False)
    ] == [True] * 2
    assert ["superseded by version 2.10.0" in body for body in bodies] == [True, True, False]
    assert bodies[2] == PAGE


def test_other_files_name_the_same_in_the_newest_version_and_run_nothing(releases: Path) -> None:
    old, new = (_sent(releases, version, "map.svg") for version in ("2.9.0", "2.10.0"))
    saved = _sent(releases, "2.9.0", "download/page.html")

    assert (
        old.headers["Link"] == '<../../map.svg>; rel="latest-version"; title="superseded by version 2.10.0"'
    )
    assert "Link" not in new.headers
    assert ["sandbox" in each.headers["Content-Security-Policy"] for each in (old, saved)] == [True] * 2
    assert saved.body.decode() == PAGE


def test_small_files_are_kept_in_memory_and_large_ones_read_each_time(releases: Path) -> None:
    large = releases / "2.9.0" / "large.gpkg"
    large.write_bytes(bytes(LARGEST_IN_MEMORY + 1))
    small, big = ([_sent(releases, "2.9.0", name) for _ in range(2)] for name in ("map.svg", large.name))

    assert [first is second for first, second in (small, big)] == [True, False]
    assert [each.zipped is None for each in (small[0], big[0])] == [False, True]
    assert big[0].body == large.read_bytes()


def test_metadata_is_what_datacite_wants_and_xml_says_the_same_as_json(atlas: Atlas) -> None:
    from datacite import schema45  # noqa: PLC0415 - half a second, in each process that collects tests

    files = datacite_files(atlas, b"archive", "https://a.example/v/3.0.0/")
    record = json.loads(files["datacite.json"])
    bare = etree.XMLParser(remove_blank_text=True)
    ours, theirs = (
        sorted(etree.tostring(each, method="c14n") for each in etree.fromstring(text, bare))
        for text in (files["datacite.xml"], schema45.tostring({**record, "doi": "(:tba)"}).encode())
    )

    assert [fault.message for fault in schema45.validator.iter_errors(record)] == []
    assert ours == theirs
    assert (record["version"], record["sizes"]) == (atlas.descriptor["version"], ["7 bytes"])


def test_a_release_is_never_written_over(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / atlas.descriptor["version"]
    folder.mkdir()

    assert main(["release", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{folder} is there already; a release is never changed.\n"
    assert list(folder.iterdir()) == []
