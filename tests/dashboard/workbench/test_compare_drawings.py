"""The page to compare drawings: one that is shipped, one's own, and files that are none."""

import json
from collections.abc import Iterator

import pytest
from shapely.affinity import translate
from shapely.geometry import mapping
from streamlit.testing.v1 import AppTest

import dashboard.workbench.compare_drawings as module
from layers import Atlas

HOSTILE = "<img src=x onerror=alert(1)>[a](javascript:alert(1))"
LACHIN = "district-lachin"


def _script() -> None:
    """Run the page as Streamlit does."""
    from dashboard.workbench.compare_drawings import page  # noqa: PLC0415

    page()


@pytest.fixture
def page(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, not yet run."""
    monkeypatch.setattr(module, "served_atlas", lambda: atlas)
    return AppTest.from_function(_script, default_timeout=30)


def drawing(atlas: Atlas, names: dict[str, str]) -> bytes:
    """Return features of ours, a little farther east, under these names, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": mapping(translate(atlas.features[feature].geometry, 0.01)),
        }
        for feature, name in names.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def told(page: AppTest) -> str:
    """Return all that the page says in lines of its own, with its tables and map, without escapes."""
    elements = [*page.get("html"), *page.get("bidi_component")]
    texts = [text.value for kind in ("markdown", "info", "error", "caption") for text in page.get(kind)]
    return "\n".join([*texts, *(str(element.proto) for element in elements)]).replace("\\", "")


def test_it_opens_with_a_shipped_drawing_beside_ours(page: AppTest) -> None:
    page.run()

    assert list(page.exception) == []
    assert "areas compared" in told(page)
    assert "Lachin" in told(page)
    assert len(page.get("download_button")) == 3
    assert len(page.get("bidi_component")) == 1


def test_address_chooses_drawing_and_feature_whatever_the_case_and_the_last_counts(page: AppTest) -> None:
    page.query_params["drawing"] = ["nothing", "OWN"]
    page.run()

    assert page.selectbox[0].value == "own"
    assert len(page.get("file_uploader")) == 1
    assert list(page.info) == []


def test_what_is_unknown_in_the_address_is_named_and_ignored(page: AppTest) -> None:
    page.query_params["drawing"] = HOSTILE
    page.query_params["feature"] = "atlantis"
    page.run()
    first, second = (line.value for line in page.info)

    assert "\\<img" in first
    assert "\\[a\\]\\(" in first
    assert "atlantis" in second
    assert list(page.exception) == []


def test_choice_stands_in_the_address_and_another_drawing_forgets_the_feature(page: AppTest) -> None:
    page.run()
    page.selectbox[1].select(LACHIN).run()
    assert page.query_params["feature"] == LACHIN

    page.selectbox[0].select("own").run()
    assert dict(page.query_params) == {"drawing": "own"}


def test_own_file_is_compared_and_its_names_are_only_text(page: AppTest, atlas: Atlas) -> None:
    page.query_params["drawing"] = "own"
    page.run()
    content = drawing(atlas, {LACHIN: HOSTILE, "district-kelbajar": "Kelbajar"})
    page.file_uploader[0].upload(f"{HOSTILE}.geojson".replace("/", ""), content, "application/json").run()

    assert list(page.exception) == []
    assert "2 areas compared" in told(page)
    assert "<img" not in told(page)
    assert HOSTILE in page.multiselect[0].options


def test_changed_match_changes_the_comparison_and_none_says_so(page: AppTest, atlas: Atlas) -> None:
    page.query_params["drawing"] = "own"
    page.run()
    page.file_uploader[0].upload("a.geojson", drawing(atlas, {LACHIN: "A"}), "application/json").run()
    assert "One area compared: Lachin" in told(page)

    for box in page.multiselect:
        box.set_value([])
    page.run()
    assert "No area is matched" in told(page)
    assert page.get("bidi_component") == []


@pytest.mark.parametrize(
    "content", [b"", b"no map", b"\x00" * 2000, b'{"type": "FeatureCollection", "features": []}']
)
def test_what_is_no_drawing_is_told_in_one_sentence_and_the_page_goes_on(
    page: AppTest, content: bytes
) -> None:
    page.query_params["drawing"] = "own"
    page.run()
    page.file_uploader[0].upload("a.geojson", content, "application/json").run()

    assert list(page.exception) == []
    assert len(page.error) == 1
    assert "Traceback" not in page.error[0].value


@pytest.mark.parametrize("is_removed", [True, False], ids=["removed", "another drawing chosen"])
def test_nothing_of_a_file_stays_when_it_is_left(page: AppTest, atlas: Atlas, *, is_removed: bool) -> None:
    page.query_params["drawing"] = "own"
    page.run()
    page.file_uploader[0].upload("a.geojson", drawing(atlas, {LACHIN: "A"}), "application/json").run()
    assert "own-drawing" in page.session_state
    (page.file_uploader[0].clear() if is_removed else page.selectbox[0].select("natural-earth")).run()

    assert "own-drawing" not in page.session_state
