"""The files of the pages for one thing, the lists of them, and `llms.txt`; part of the static site."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboard.article_room import words_of
from dashboard.assets import entry_style
from dashboard.entries.catalogue import CLAIM, FEATURE, PASSAGE, PLACE, Catalogue, Entry
from dashboard.entries.picture import picture
from dashboard.entries.structured_data import of_claim, of_feature, of_list, of_passage
from dashboard.entries.things import told_of
from dashboard.headers import ENTRY_KINDS, ENTRY_POLICY
from dashboard.in_words import PAGE as IN_WORDS
from dashboard.link_preview import CARD
from dashboard.reading_room import verdicts
from dashboard.speaking import others
from dashboard.templating import render
from layers import Atlas
from layers.citation import citation
from layers.language.speaking import ENGLISH, SPOKEN, speaking
from layers.language.written import long_date
from layers.presentation import voice_of
from layers.style.captions import captions

GUIDE = "llms.txt"


def entry_files(atlas: Atlas, *, address: str = "", full_article: bool = False) -> dict[str, bytes]:
    """Return the pages of every language with their style sheet and the guide for programs, by file name.

    `atlas` is the English one, `address` the site's, with a slash at its end, or empty; addresses in a page
    are relative.
    """
    name, style = entry_style()
    guide = _guide(Catalogue(atlas, address, full_article))
    files = {f"assets/{name}": style, GUIDE: guide.encode()}
    for language in SPOKEN:
        with speaking(language):
            files |= entry_pages(Catalogue(atlas, address, full_article))
    return files


def entry_pages(catalogue: Catalogue) -> dict[str, bytes]:
    """Return the pages in the language that is spoken, by file name."""
    pages = {**dict(_pages(catalogue)), **dict(_lists(catalogue)), **dict(_moved(catalogue))}
    return {f"{catalogue.folder}{path}index.html": str(page).encode() for path, page in pages.items()}


def _pages(catalogue: Catalogue) -> Iterator[tuple[str, Markup]]:
    makers = {FEATURE: _of_feature, PLACE: _of_feature, CLAIM: _of_claim, PASSAGE: _of_passage}
    for kind, entries in catalogue.entries.items():
        for number, entry in enumerate(entries):
            values = {
                "before": entries[number - 1] if number else None,
                "after": entries[number + 1] if number + 1 < len(entries) else None,
                **makers[kind](catalogue, entry),
            }
            template = "entry_feature.html" if kind == PLACE else f"entry_{kind}.html"
            yield entry.address, _rendered(catalogue, template, entry, values)


def _of_feature(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    feature = catalogue.said.features[entry.id]
    return {
        **told_of(catalogue, feature),
        "data": of_feature(catalogue, entry, feature),
        "pictured": (entry.id,),
        "reader": f"feature={entry.id}",
    }


def _of_claim(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    claim = next(claim for claim in catalogue.said.claims if claim.id == entry.id)
    return {
        "claim": claim,
        "verdict": verdicts(catalogue.said.claims)[claim.verdict],
        "rule": captions()["reader"]["claims_rule"],
        "data": of_claim(catalogue, entry, claim),
        "pictured": catalogue.features_of(claim.about),
        "reader": f"claim={entry.id}",
    }


def _of_passage(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    quote, atlas = catalogue.shown[entry.id], catalogue.said
    part = atlas.article.paragraph_at(quote.start).part
    return {
        "quote": quote,
        "words": words_of(quote, atlas.annotations.gazetteer),
        "part": next(each for each in atlas.article.metadata["parts"] if each["part"] == part),
        "facts": atlas.article.metadata,
        "claims": [claim for claim in atlas.claims if claim.quote.id == quote.id],
        "events": [event for event in atlas.annotations.events if event.quote.id == quote.id],
        "data": of_passage(catalogue, entry, quote),
        "pictured": catalogue.features_of(quote.about),
        "reader": f"quote={entry.id}",
    }


def _rendered(catalogue: Catalogue, template: str, entry: Entry, values: dict[str, Any]) -> Markup:
    pictured = values["pictured"]
    return _document(
        catalogue,
        template,
        depth=2,
        address=entry.address,
        title=entry.title,
        description=entry.about,
        card=f"{CARD}?feature={pictured[0]}" if pictured else CARD,
        entry=entry,
        kind=captions()["entries"]["kinds"][entry.kind],
        picture=picture(catalogue.atlas, pictured) if pictured else None,
        **values,
    )


def _lists(catalogue: Catalogue) -> Iterator[tuple[str, Markup]]:
    for kind in ENTRY_KINDS:
        texts = captions()["entries"]["kinds"][kind]
        yield (
            f"{kind}/",
            _document(
                catalogue,
                "entry_list.html",
                depth=1,
                address=f"{kind}/",
                title=texts["many"],
                description=texts["about"],
                card=CARD,
                kind=texts,
                entries=catalogue.entries[kind],
                claims={claim.id: claim for claim in catalogue.said.claims} if kind == CLAIM else {},
                data=of_list(catalogue, kind),
            ),
        )


def _moved(catalogue: Catalogue) -> Iterator[tuple[str, Markup]]:
    """Yield pages that lead on: of a feature that is a place to its page, of other places to the words."""
    moved = {f"{FEATURE}/{entry.id}/": (entry.address, entry.title) for entry in catalogue.entries[PLACE]}
    for place in catalogue.orienting.values():
        moved[f"{PLACE}/{place.id}/"] = f"{IN_WORDS}#places-{place.id}", place.name
    for address, (to, title) in moved.items():
        there = f"{catalogue.home}{catalogue.folder}"
        yield address, render("entry_moved.html", to=to, title=title, there=there, policy=ENTRY_POLICY)


def _document(catalogue: Catalogue, template: str, *, depth: int, address: str, **values: object) -> Markup:
    """Render a page that lies `depth` folders below that of its language, at an address there."""
    atlas, home = catalogue.said, catalogue.way_up(depth)
    return render(
        template,
        home=home,
        top=f"{home}{catalogue.folder}",
        address=f"{catalogue.folder}{address}",
        languages=others(address, home, is_folder=True),
        language_names=captions()["interface_languages"],
        others=others(address, catalogue.address, is_folder=True),
        site=catalogue.address,
        style=entry_style()[0],
        policy=ENTRY_POLICY,
        site_title=captions()["title"],
        kinds=captions()["entries"]["kinds"],
        brief=captions()["reader"]["brief"],
        descriptor=atlas.descriptor,
        rights=atlas.article.metadata["copyright"],
        citation=citation(atlas),
        sources=atlas.sources,
        layers=atlas.layers,
        verdict_texts=captions()["reader"]["verdicts"],
        catalogue=catalogue,
        shown=catalogue.shown,
        voice_of=voice_of,
        long_date=long_date,
        **values,
    )


def _guide(catalogue: Catalogue) -> str:
    """Return what a program that reads for a person should know: llms.txt (https://llmstxt.org)."""
    text = render(
        "llms.txt",
        home=catalogue.address,
        title=captions()["title"],
        description=captions()["description"],
        descriptor=catalogue.atlas.descriptor,
        facts=catalogue.atlas.article.metadata,
        citation=citation(catalogue.atlas, address=catalogue.address),
        layers=catalogue.atlas.layers.values(),
        formats=", ".join(f".{each}" for each in ("geojson", "fgb", "parquet", "csv")),
        kinds=captions()["entries"]["kinds"],
        entries=catalogue.entries,
        rule=captions()["reader"]["claims_rule"],
        claims=catalogue.said.claims,
        languages={code: name for code, name in captions()["interface_languages"].items() if code != ENGLISH},
        words_page=IN_WORDS,
    )
    return text.unescape()  # it is no HTML
