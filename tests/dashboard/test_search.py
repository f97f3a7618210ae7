"""What the search knows beside names: whom the article cites, each with passages."""

from dashboard.search import search_data
from layers import Atlas


def test_each_person_and_agency_has_the_passages_that_name_or_cite_them(atlas: Atlas) -> None:
    cited = {each["names"]["article"]: each["quotes"] for each in search_data(atlas)["cited"]}

    assert [name for name, quotes in cited.items() if not quotes] == []
    assert cited["Sergei Lavrov"] == ["lavrov-legal-implications", "guterres-lavrov", "lavrov-us-and-france"]
    assert "muradov-dagestan" in cited["Kavkazsky Uzel"]  # named in the citation, not in the passage
