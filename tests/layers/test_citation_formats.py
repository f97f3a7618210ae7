"""The citation for reference managers: each format by its own grammar, with the same facts in all three."""

import dataclasses
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest

from layers import Atlas
from layers.citation_formats import CITATION_FORMATS, bibtex, citation_files, csl_json, ris

HOSTILE = "50 % of_this & that #1 {open \\cite{x} ~ ^ $5\n\nER  - \n@misc{evil,"
FOUND = {"address": "https://example.org/?layers=places&date=2020-11-20", "accessed": "2026-11-27"}
_RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Read entries by the grammar of BibTeX: braces must balance, and each field is one braced group."""
    entries, at = [], 0
    while at < len(text):
        head = re.compile(r"@(\w+)\{([^\s,{}]+),\n").match(text, at)
        assert head, text[at : at + 60]
        entry, at = {"type": head[1], "id": head[2]}, head.end()
        while not text.startswith("}\n", at):
            name = re.compile(r"  (\w+) = (?=\{)").match(text, at)
            assert name, text[at : at + 60]
            end = _end_of_group(text, name.end())
            entry[name[1]] = text[name.end() + 1 : end - 1]
            assert text.startswith(",\n", end)
            at = end + 2
        entries.append(entry)
        at += 2
        at += text.startswith("\n", at)
    return entries


def _end_of_group(text: str, start: int) -> int:
    """Return where a braced group ends, as BibTeX counts: a backslash escapes nothing for it."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at + 1
    raise AssertionError("braces do not balance")


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Read records by the specification: CRLF, two signs of tag, TY first, ER last."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert [line for line in lines if not _RIS_LINE.fullmatch(line)] == []
    records: list[list[tuple[str, str]]] = []
    for line in lines:
        tag, value = line[:2], line[6:]
        if tag == "TY":
            records.append([])
        records[-1].append((tag, value))
    assert {(record[0][0], record[-1][0]) for record in records} == {("TY", "ER")}
    assert sum(tag == "ER" for record in records for tag, _ in record) == len(records)
    return records


@pytest.fixture
def hostile(atlas: Atlas) -> Any:  # noqa: ANN401 - as an atlas, in what is read of it
    """What says of itself whatever breaks a format."""
    article = SimpleNamespace(metadata={**atlas.article.metadata, "title": HOSTILE, "series": HOSTILE})
    return SimpleNamespace(descriptor={**atlas.descriptor, "title": HOSTILE}, article=article)


def test_bibtex_has_data_and_both_parts_of_the_article(atlas: Atlas) -> None:
    data, first, second = read_bibtex(bibtex(atlas, **FOUND))
    about = atlas.descriptor

    assert (data["type"], data["id"], data["version"]) == ("misc", "karabakh-2020", about["version"])
    assert data["author"] == "{The makers of karabakh-2020}"  # no person, whose last word is a family name
    assert (data["year"], data["date"]) == (about["created"][:4], about["created"])
    assert f"Version {about['version']}, as of 8 December 2020, ODbL-1.0" in data["note"]
    assert (data["url"], data["urldate"]) == (FOUND["address"], "2026-11-27")
    assert [entry["number"] for entry in (first, second)] == ["174", "176"]
    assert first["author"] == "Socor, Vladimir"
    assert first["title"].endswith("(Part One)}")
    assert "url" not in first  # the article's first part has none
    assert "urldate" not in second


def test_ris_has_the_same(atlas: Atlas) -> None:
    data, first, second = map(dict, read_ris(ris(atlas, **FOUND)))
    about = atlas.descriptor

    assert (data["TY"], data["ET"], data["TI"]) == ("DATA", about["version"], about["title"])
    assert data["DA"] == about["created"].replace("-", "/")
    assert "as of 8 December 2020" in data["N1"]
    assert (data["UR"], data["Y2"]) == (FOUND["address"], "2026/11/27")
    assert [(entry["TY"], entry["AU"], entry["IS"]) for entry in (first, second)] == [
        ("JOUR", "Socor, Vladimir", "174"),
        ("JOUR", "Socor, Vladimir", "176"),
    ]


def test_csl_json_has_the_same(atlas: Atlas) -> None:
    data, first, _ = json.loads(csl_json(atlas, **FOUND))
    about = atlas.descriptor

    assert (data["type"], data["version"], data["URL"]) == ("dataset", about["version"], FOUND["address"])
    assert data["author"] == [{"literal": "The makers of karabakh-2020"}]
    assert data["issued"] == {"date-parts": [[int(part) for part in about["created"].split("-")]]}
    assert data["accessed"] == {"date-parts": [[2026, 11, 27]]}
    assert (first["type"], first["author"]) == (
        "article-journal",
        [{"family": "Socor", "given": "Vladimir"}],
    )


def test_nothing_that_a_text_holds_breaks_a_format(hostile: Any) -> None:  # noqa: ANN401
    data, *parts = read_bibtex(bibtex(hostile))
    assert [part["type"] for part in parts] == ["article", "article"]
    written = (
        r"50 \% of\_this \& that \#1 \textbraceleft{}open "
        r"\textbackslash{}cite\textbraceleft{}x\textbraceright{} \textasciitilde{} "
    )
    assert data["title"].startswith(f"{{{written}")
    assert len(read_ris(ris(hostile))) == 3
    assert json.loads(csl_json(hostile))[0]["title"] == HOSTILE


def test_files_hold_no_address_and_are_the_same_each_time(atlas: Atlas) -> None:
    files = citation_files(atlas)

    assert list(files) == [f"citation.{extension}" for extension in CITATION_FORMATS]
    assert files == citation_files(dataclasses.replace(atlas))
    assert "accessed" not in files["citation.json"].decode()
