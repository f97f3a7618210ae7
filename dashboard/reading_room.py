"""What stands beside the map: the rooms Article, Claims, Timeline, About and Share.

One piece of HTML, the same on the server and wherever else; `assets/reading.js` binds it to a map.
"""

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.article_room import parts
from dashboard.in_words import PAGE, words_of_room
from dashboard.sheets import quotation
from dashboard.speaking import folder_of
from dashboard.templating import render
from dashboard.timeline_room import timeline
from layers import Atlas
from layers.citation import citation
from layers.exports.formats import LAYER_FORMATS
from layers.labels import names_note
from layers.language.speaking import spoken
from layers.language.written import dates_of_year, long_date, short_date
from layers.presentation import kinds_of_voices, voice_of
from layers.steps import steps
from layers.style.captions import captions, counted, form_of_names
from layers.text.quotes import shown_quotes
from layers.text.verdicts import Claim


@dataclass(frozen=True)
class Verdict:
    """A verdict: its style's class, and how many claims have it as a reader reads it: 1 differs, 5 agree."""

    id: str
    style: str
    counted: str


def reading_room(atlas: Atlas, *, full_article: bool, base: str | None = None) -> Markup:
    """Return the rooms; without `full_article`, for want of permission, they hold few quotes alone.

    `base` is the address below which the map's files lie; without one none are offered.
    """
    shown = shown_quotes(atlas.annotations.quotes, full_article=full_article)
    reader = captions()["reader"]
    return render(
        "reading_room.html",
        rooms=reader["rooms"],
        facts=atlas.article.metadata,
        full_article=full_article,
        parts=parts(atlas, full_article=full_article),
        passages=len(shown),
        claims=atlas.claims,
        verdicts=verdicts(atlas.claims),
        rule=reader["claims_rule"],
        timeline=timeline(atlas),
        areas=captions()["printed"]["holdings"],
        counts=atlas.annotations.counts,
        notices=atlas.annotations.notices,
        corrections=atlas.annotations.corrections,
        keys=reader["keyboard"],
        sources=atlas.sources,
        descriptor=atlas.descriptor,
        shown={quote.id for quote in shown},
        names_notes=[note for lang in captions()["languages"] if (note := names_note(atlas, lang))],
        voices=kinds_of_voices(atlas.annotations.quotes),
        voice_of=voice_of,
        long_date=long_date,
        short_date=short_date,
        quotation=quotation,
        citation=citation(atlas),
        cited_as=citation(atlas, day="{as_of}", address="{address}", accessed="{accessed}"),
        dates=dates_of_year(),
        days=[long_date(part["date"]) for part in atlas.article.metadata["parts"]],
        marked=captions()["reader"]["marked"],
        base=base,
        files=reader["offered"],
        workbench=captions()["workbench"]["titles"],
        frame_sizes=reader["frame_sizes"],
        layers=list(atlas.layers.values()),
        layer_formats=LAYER_FORMATS,
        steps=steps(atlas),
        languages=captions()["languages"],
        form=form_of_names(),
        features=atlas.features,
        words_page=f"{folder_of(spoken())}{PAGE}index.html",
        **words_of_room(atlas),
    )


def verdicts(claims: tuple[Claim, ...]) -> dict[str, Verdict]:
    """Return the verdicts that any of the claims has, by id, each with how many have it."""
    return {
        verdict: Verdict(verdict, texts["style"], counted(texts["counted"], count))
        for verdict, texts in captions()["reader"]["verdicts"].items()
        if (count := sum(claim.verdict == verdict for claim in claims))
    }
