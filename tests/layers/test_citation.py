"""How to cite: the sentence, and the file at the root of the repository, both as the descriptor has it."""

from datetime import date
from typing import Any

import pytest
import yaml

from layers import Atlas
from layers.data.files import ROOT
from layers.text.citation import citation


@pytest.fixture(scope="module")
def cff() -> Any:  # noqa: ANN401 - YAML
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_citation_is_one_sentence_with_all_that_finds_it_again(atlas: Atlas) -> None:
    title = atlas.article.metadata["title"]

    assert citation(atlas, address="https://example.org/", accessed="2026-11-24") == (
        "The makers of karabakh-2020 (2026), “Upper Karabakh in December 2020, digitized by hand after one"
        " article”, version 2.0.0 of 23 November 2026, as of 8 December 2020, ODbL-1.0, annotating Vladimir"
        f" Socor, “{title}”, Eurasia Daily Monitor 17.174 and 17.176, The Jamestown Foundation, 8 December"
        " 2020 and 10 December 2020, https://example.org/, accessed 24 November 2026."
    )


def test_citation_without_an_address_ends_with_the_article(atlas: Atlas) -> None:
    assert citation(atlas).endswith("The Jamestown Foundation, 8 December 2020 and 10 December 2020.")


def test_date_of_access_must_be_a_date(atlas: Atlas) -> None:
    with pytest.raises(ValueError, match="yesterday"):
        citation(atlas, accessed="yesterday")


def test_citation_file_has_what_its_format_requires(cff: Any) -> None:  # noqa: ANN401
    assert {"cff-version", "message", "title", "authors"} <= set(cff)
    assert cff["cff-version"] == "1.2.0"
    assert cff["authors"] == [{"name": "The makers of karabakh-2020"}]


def test_citation_file_is_of_the_version_that_the_descriptor_has(cff: Any, atlas: Atlas) -> None:  # noqa: ANN401
    about = atlas.descriptor

    assert (cff["title"], cff["version"], cff["license"]) == (
        about["title"],
        about["version"],
        about["licenses"][0]["name"],
    )
    assert date.fromisoformat(str(cff["date-released"])) == date.fromisoformat(about["created"])


def test_citation_file_refers_to_both_parts_of_the_article(cff: Any, atlas: Atlas) -> None:  # noqa: ANN401
    facts = atlas.article.metadata
    author = {"family-names": "Socor", "given-names": "Vladimir"}

    assert facts["author"] == f"{author['given-names']} {author['family-names']}"
    for reference, part in zip(cff["references"], facts["parts"], strict=True):
        assert reference["title"].startswith(facts["title"])
        assert reference["authors"] == [author]
        assert (reference["journal"], reference["publisher"]["name"]) == (facts["series"], facts["publisher"])
        assert (reference["volume"], reference["issue"]) == (part["volume"], part["issue"])
        assert (str(reference["date-published"]), reference.get("url")) == (part["date"], part.get("url"))
