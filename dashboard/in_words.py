"""The map in words as a page of its own, with all dates, which needs no script."""

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.assets import lettering
from dashboard.templating import own_asset, render
from layers import Atlas
from layers.in_words import claims_counted, dates, entries, paragraph, table, view_in_words
from layers.language.written import long_date
from layers.steps import steps
from layers.style.captions import captions

PAGE = "in-words/"  # its folder in the site, below that of a language


def words_of_room(atlas: Atlas) -> dict[str, object]:
    """Return what the room shows: the paragraph of each step, the table, and all entries."""
    return {
        "words": captions()["in_words"],
        "held_throughout": captions()["holders"]["held"],
        "told": {step.id: paragraph(atlas, step) for step in steps(atlas)},
        "table": table(atlas),
        "groups": entries(atlas),
    }


def first_view_in_words(atlas: Atlas) -> str:
    """Return what the map shows at first, in one paragraph."""
    at_first = [layer.id for layer in atlas.layers.values() if layer.at_first]
    return view_in_words(atlas, at_first, steps(atlas)[-1].id)


def words_page(
    atlas: Atlas, *, top: str, assets: str, languages: Mapping[str, str], preview: Markup
) -> Markup:
    """Return the page; `top` leads to the reader, `assets` to that folder, `languages` to each page."""
    return render(
        "in_words.html",
        **words_of_room(atlas),
        dates=dates(atlas, steps(atlas)),
        claims_counted=claims_counted(atlas),
        map_title=captions()["title"],
        steps=steps(atlas),
        features=atlas.features,
        claims=atlas.claims,
        descriptor=atlas.descriptor,
        as_of=long_date(atlas.descriptor["as_of"]),
        top=top,
        languages=languages,
        language_names=captions()["interface_languages"],
        preview=preview,
        style=lettering(assets) + own_asset("in-words.css"),
    )
