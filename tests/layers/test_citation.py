"""How to cite: the sentence, and the file at the root of the repository, both as the descriptor has it."""

from datetime import date

import pytest
import yaml

from layers import Atlas
from layers.citation import citation
from layers.data.folders import ROOT
from layers.language.written import long_date


def test_citation_is_one_sentence_with_all_that_finds_it_again(atlas: Atlas) -> None:
    title, about = atlas.article.metadata["title"], atlas.descriptor
    sentence = (
        "The makers of karabakh-2020 (2026), “Upper Karabakh in December 2020, mapped after one"
        f" article”, version {about['version']} of {long_date(about['created'])}, as of 8 December 2020,"
        f" ODbL-1.0, annotating Vladimir Socor, “{title}”, Eurasia Daily Monitor 17.174 and"
        " 17.176, The Jamestown Foundation, 8 December 2020 and 10 December 2020"
    )

    assert citation(atlas) == f"{sentence}."
    assert citation(atlas, address="https://example.org/", accessed="2026-11-24") == (
        f"{sentence}, https://example.org/, accessed 24 November 2026."
    )


def test_date_of_access_must_be_a_date(atlas: Atlas) -> None:
    with pytest.raises(ValueError, match="yesterday"):
        citation(atlas, accessed="yesterday")


def test_citation_file_says_of_data_and_article_what_their_own_files_say(atlas: Atlas) -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    about, facts = atlas.descriptor, atlas.article.metadata
    author = {"family-names": "Socor", "given-names": "Vladimir"}

    assert {key: cff[key] for key in ("cff-version", "title", "version", "license", "authors")} == {
        "cff-version": "1.2.0",
        "title": about["title"],
        "version": about["version"],
        "license": about["licenses"][0]["name"],
        "authors": [{"name": "The makers of karabakh-2020"}],
    }
    assert cff["message"]
    assert date.fromisoformat(str(cff["date-released"])) == date.fromisoformat(about["created"])
    assert facts["author"] == f"{author['given-names']} {author['family-names']}"
    for reference, part in zip(cff["references"], facts["parts"], strict=True):
        assert reference["title"].startswith(facts["title"])
        assert reference["authors"] == [author]
        assert (reference["journal"], reference["publisher"]["name"]) == (facts["series"], facts["publisher"])
        assert (reference["volume"], reference["issue"]) == (part["volume"], part["issue"])
        assert (str(reference["date-published"]), reference.get("url")) == (part["date"], part.get("url"))
