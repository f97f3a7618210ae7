"""How to cite data and article, for reference managers: BibTeX, RIS and CSL-JSON, each UTF-8 text.

All three hold the same entries: the data first, then the article's parts. `address` is where the data were
found, `accessed` when (an ISO date); both may be empty.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from layers.atlas import Atlas
from layers.language.written import long_date
from layers.style.captions import captions

_SPECIAL = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "{": r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KIND = {"dataset": ("misc", "DATA", "dataset"), "article": ("article", "JOUR", "article-journal")}


@dataclass(frozen=True)
class _Entry:
    """One thing to cite; `family` is empty if its makers are no person, and `given` is then their name."""

    id: str
    kind: str
    given: str
    family: str
    title: str
    date: str
    version: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    publisher: str = ""
    note: str = ""
    url: str = ""
    accessed: str = ""


def bibtex(atlas: Atlas, *, address: str = "", accessed: str = "") -> str:
    """Return the entries for BibTeX and BibLaTeX; the data are `@misc`, which both know."""
    return "\n".join(_bib_entry(entry) for entry in _entries(atlas, address, accessed))


def ris(atlas: Atlas, *, address: str = "", accessed: str = "") -> str:
    """Return the entries as RIS, lines ending in CRLF as its specification wants."""
    tags = [tag for entry in _entries(atlas, address, accessed) for tag in _ris_tags(entry)]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags if value or tag == "ER")


def csl_json(atlas: Atlas, *, address: str = "", accessed: str = "") -> str:
    """Return the entries as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    items = [_csl_item(entry) for entry in _entries(atlas, address, accessed)]
    return f"{json.dumps(items, ensure_ascii=False, indent=2)}\n"


CITATION_FORMATS: dict[str, Callable[..., str]] = {"bib": bibtex, "ris": ris, "json": csl_json}


def citation_files(atlas: Atlas) -> dict[str, bytes]:
    """Return the citation as files by name, without an address: the files may lie anywhere."""
    return {f"citation.{extension}": make(atlas).encode() for extension, make in CITATION_FORMATS.items()}


def _entries(atlas: Atlas, address: str, accessed: str) -> Iterator[_Entry]:
    about, facts = atlas.descriptor, atlas.article.metadata
    texts = captions()["citation"]
    yield _Entry(
        id=about["name"],
        kind="dataset",
        given=captions()["makers"],
        family="",
        title=about["title"],
        date=about["created"],
        version=about["version"],
        note=texts["note"].format(
            version=about["version"],
            as_of=long_date(about["as_of"]),
            licence=about["licenses"][0]["name"],
            author=facts["author"],
            title=facts["title"],
        ),
        url=address,
        accessed=accessed,
    )
    given, _, family = facts["author"].rpartition(" ")
    for part in facts["parts"]:
        yield _Entry(
            id=f"{family.lower()}-{part['date'][:4]}-{part['part']}",
            kind="article",
            given=given,
            family=family,
            title=f"{facts['title']} ({texts['parts'][part['part'] - 1]})",
            date=part["date"],
            series=facts["series"],
            volume=str(part["volume"]),
            issue=str(part["issue"]),
            publisher=facts["publisher"],
            url=part.get("url", ""),
        )


def _bib_entry(entry: _Entry) -> str:
    year, month, day = entry.date.split("-")
    family, given = _latex(entry.family), _latex(entry.given)
    fields = {
        "author": f"{family}, {given}" if family else f"{{{given}}}",
        "title": f"{{{_latex(entry.title)}}}",
        "journal": _latex(entry.series),
        "volume": entry.volume,
        "number": entry.issue,
        "publisher": _latex(entry.publisher),
        "year": year,
        "month": str(int(month)),
        "date": f"{year}-{month}-{day}",
        "version": _latex(entry.version),
        "note": _latex(entry.note),
        "url": _escaped_url(entry.url),
        "urldate": entry.accessed,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{_KIND[entry.kind][0]}{{{entry.id},\n{''.join(lines)}}}\n"


def _ris_tags(entry: _Entry) -> Iterable[tuple[str, str]]:
    return (
        ("TY", _KIND[entry.kind][1]),
        ("ID", entry.id),
        ("AU", f"{entry.family}, {entry.given}" if entry.family else entry.given),
        ("TI", entry.title),
        ("T2", entry.series),
        ("VL", entry.volume),
        ("IS", entry.issue),
        ("PB", entry.publisher),
        ("PY", entry.date[:4]),
        ("DA", entry.date.replace("-", "/")),
        ("ET", entry.version),
        ("N1", entry.note),
        ("UR", entry.url),
        ("Y2", entry.accessed.replace("-", "/")),
        ("ER", ""),
    )


def _csl_item(entry: _Entry) -> dict[str, Any]:
    person = {"family": entry.family, "given": entry.given}
    item = {
        "id": entry.id,
        "type": _KIND[entry.kind][2],
        "author": [person if entry.family else {"literal": entry.given}],
        "title": entry.title,
        "container-title": entry.series,
        "volume": entry.volume,
        "issue": entry.issue,
        "publisher": entry.publisher,
        "issued": _date_parts(entry.date),
        "version": entry.version,
        "note": entry.note,
        "URL": entry.url,
        "accessed": _date_parts(entry.accessed),
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(iso: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}


def _latex(text: str) -> str:
    """Return a text in one line in which nothing is a command of LaTeX."""
    return "".join(_SPECIAL.get(sign, sign) for sign in _one_line(text))


def _escaped_url(url: str) -> str:
    r"""Return an address for a `url` field, which \url takes as it stands: only braces must be balanced."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def _one_line(text: str) -> str:
    return " ".join(text.split())
