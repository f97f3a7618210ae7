"""Which things have a page: their kinds, ids, titles and addresses, for pages, links and site map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.headers import ENTRY_KINDS
from dashboard.speaking import folder_of
from layers import Atlas
from layers.features import Feature
from layers.in_words.places import Place, places
from layers.language.speaking import ENGLISH, SPOKEN, spoken
from layers.style.captions import form_of_names
from layers.text.quotes import Quote, shown_quotes
from layers.text.verdicts import Claim
from layers.translated_atlas import translated_atlas

FEATURE, PLACE, CLAIM, PASSAGE = ENTRY_KINDS
_PLACES = "places"  # the layer whose features are places
_TITLE = 70  # characters of a passage


@dataclass(frozen=True)
class Entry:
    """One page: of what kind and thing, its title (in the language `lang`), and one sentence about it."""

    kind: str
    id: str
    title: str
    about: str
    lang: str

    @property
    def address(self) -> str:
        """The page's address below the folder of its language, with a slash at its end."""
        return f"{self.kind}/{self.id}/"


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All pages of an atlas in the language that is spoken; of passages those that may be shown.

    `atlas` is the English one, by whose geometry pages of all languages are drawn and measured; `address` is
    the site's, or empty.
    """

    atlas: Atlas
    address: str
    full_article: bool

    @cached_property
    def said(self) -> Atlas:
        """The atlas in the language that is spoken."""
        return translated_atlas(self.atlas)

    @cached_property
    def folder(self) -> str:
        """The folder of the language's pages within the site."""
        return folder_of(spoken())

    @cached_property
    def shown(self) -> Mapping[str, Quote]:
        """The passages that may be shown, by id."""
        quotes = shown_quotes(self.said.annotations.quotes, full_article=self.full_article)
        return {quote.id: quote for quote in quotes}

    @cached_property
    def entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """The pages by kind, each kind in the order of map and article."""
        made = [
            *(
                Entry(kind_of(each), each.id, each.name_in(), each.summary, _lang_of(each))
                for each in self.said.features.values()
            ),
            *(Entry(CLAIM, each.id, each.claim, each.plain, spoken()) for each in self.said.claims),
            *(
                Entry(PASSAGE, each.id, _shortened(each.exact), each.exact, ENGLISH)
                for each in self.shown.values()
            ),
        ]
        return {kind: tuple(entry for entry in made if entry.kind == kind) for kind in ENTRY_KINDS}

    @property
    def addresses(self) -> list[str]:
        """The address of each page and of the lists of them in every language, below the site's."""
        pages = [entry.address for entries in self.entries.values() for entry in entries]
        pages = [*(f"{kind}/" for kind in ENTRY_KINDS), *pages]
        return [f"{folder_of(language)}{page}" for language in SPOKEN for page in pages]

    @property
    def home(self) -> str:
        """The site's address as a page of one thing names it: whole if it is known, else relative."""
        return self.home_of(2)

    def home_of(self, depth: int) -> str:
        """Return the site's address as a page `depth` folders below that of its language names it."""
        return self.address or self.way_up(depth)

    def way_up(self, depth: int) -> str:
        """Return the way to the site's root from a page `depth` folders below that of its language."""
        return "../" * (depth + self.folder.count("/"))

    @cached_property
    def orienting(self) -> Mapping[str, Place]:
        """The places that are named on the map only to orient, by id: the map in words tells of them."""
        every = places(self.said).items()
        return {identifier: place for identifier, place in every if not place.is_on_layer}

    def features_of(self, about: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the features that ids of layers and features stand for, each once."""
        found = (
            [feature.id for feature in self.said.layers[each].features]
            if each in self.atlas.layers and each not in self.atlas.features
            else [each]
            for each in about
        )
        return tuple(dict.fromkeys(identifier for ids in found for identifier in ids))

    def about(self, identifier: str) -> Entry | None:
        """Return the page of a feature or place, None for a layer, which has a sheet in the reader."""
        feature = self.atlas.features.get(identifier)
        kind = kind_of(feature) if feature else FEATURE
        return next((entry for entry in self.entries[kind] if entry.id == identifier), None)

    def claims_about(self, identifier: str) -> list[Claim]:
        """Return the claims that are measured on a feature."""
        return [claim for claim in self.said.claims if identifier in claim.about]


def kind_of(feature: Feature) -> str:
    """Return under which kind a feature has its page."""
    return PLACE if feature.layer == _PLACES else FEATURE


def page_of(feature: Feature) -> str:
    """Return the address of a feature's page in the language that is spoken, below the site's."""
    return f"{folder_of(spoken())}{kind_of(feature)}/{feature.id}/"


def _lang_of(feature: Feature) -> str:
    """Return the language of a feature's name as it is shown: what has no such form has an English one."""
    return form_of_names() if form_of_names() in feature.names and spoken() != ENGLISH else ENGLISH


def _shortened(text: str) -> str:
    """Return the first words of a text."""
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rpartition(' ')[0]} …"
