"""The page to compare drawings: one that is shipped, one's own, and files that are none."""

import json

from shapely.affinity import translate
from shapely.geometry import mapping
from streamlit.testing.v1 import AppTest

from layers import Atlas
from tests.dashboard.workbench.conftest import Open, address_of, notices

HOSTILE = "<img src=x onerror=alert(1)>[a](javascript:alert(1))"
LACHIN = "district-lachin"


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


def upload(page: AppTest, content: bytes, name: str = "a.geojson") -> None:
    """Give the page a file, and let it run."""
    page.file_uploader[0].upload(name, content, "application/json").run()


def test_shipped_drawing_is_compared_and_the_choice_stands_in_the_address(opened: Open) -> None:
    page = opened("compare-drawings", Drawing=["nothing", "NATURAL-earth"])
    assert notices(page) == []
    assert "areas compared" in told(page)
    assert len(page.get("download_button")) == 3
    assert len(page.get("bidi_component")) == 1

    page.selectbox[1].select(LACHIN).run()
    assert address_of(page) == {"feature": LACHIN}
    assert "Lachin: outlines 1," in told(page)

    page.selectbox[0].select("own").run()
    assert address_of(page) == {"drawing": "own"}
    assert len(page.get("file_uploader")) == 1


def test_own_file_is_compared_its_names_are_only_text_and_nothing_of_it_stays(
    opened: Open, atlas: Atlas
) -> None:
    page = opened("compare-drawings", drawing="own")
    content = drawing(atlas, {LACHIN: HOSTILE, "district-kelbajar": "Kelbajar"})
    upload(page, content, f"{HOSTILE}.geojson".replace("/", ""))
    assert list(page.exception) == []
    assert "2 areas compared" in told(page)
    assert "<img" not in told(page)
    assert HOSTILE in page.multiselect[0].options

    assert "own-drawing" in page.session_state
    page.file_uploader[0].clear().run()
    assert "own-drawing" not in page.session_state


def test_changed_match_changes_the_comparison_and_another_drawing_forgets_the_file(
    opened: Open, atlas: Atlas
) -> None:
    page = opened("compare-drawings", drawing="own")
    upload(page, drawing(atlas, {LACHIN: "A"}))
    assert "One area compared: Lachin" in told(page)

    for box in page.multiselect:
        box.set_value([])
    page.run()
    assert "No area is matched" in told(page)
    assert page.get("bidi_component") == []

    page.selectbox[0].select("natural-earth").run()
    assert "own-drawing" not in page.session_state


def test_what_is_no_drawing_is_told_in_one_sentence_and_the_page_goes_on(opened: Open) -> None:
    page, failing = opened("compare-drawings", drawing="own"), list[bytes]()
    for content in (b"", b"no map", b"\x00" * 2000, b'{"type": "FeatureCollection", "features": []}'):
        upload(page, content)
        one_line = len(page.error) == 1 and "Traceback" not in page.error[0].value
        if not one_line or list(page.exception):
            failing.append(content)

    assert failing == []
