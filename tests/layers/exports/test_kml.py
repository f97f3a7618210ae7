"""The KML as Google Earth reads it: folders, colours as aabbggrr, balloons of escaped HTML."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from layers import Atlas
from layers.citation import provenance
from layers.exports.everything import translated_downloads
from layers.exports.kml import kml_bytes
from layers.geometry.coverage import STATUSES
from layers.language.speaking import speaking
from layers.presentation import voice_of
from tests.layers.exports.reading_back import HOSTILE
from tests.layers.lookup import features_by_id

KML = "{http://www.opengis.net/kml/2.2}"
STYLES = {  # line, width and fill: alpha, blue, green, red
    "armenian-held": (None, None, "b2007bcf"),
    "regained": (None, None, "b2506a14"),
    "handed-over": (None, None, "b2d9bea2"),
    "held": (None, None, "01ffffff"),
    "upper-karabakh": ("ff0a283a", "2.6", "01ffffff"),
    "demarcation-line": ("ff26211d", "2.4", "01ffffff"),
    "lachin-corridor": ("ff801a4d", "1.8", "66e0339a"),
    "areas-of-responsibility.russian-area-south": ("ff1e1e1e", "1.4", "261e1e1e"),
    "protectorates": ("ff3c3022", "1.5", "80655744"),
}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Page(HTMLParser):
    """The tags and the text of a balloon."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag, *(name for name, _ in attrs)]
        if tag == "td":  # a cell of its own
            self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data


def _tree(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own file


def _balloons(root: ET.Element) -> dict[str, _Page]:
    marks = root.iter(f"{KML}Placemark")
    return {mark.attrib["id"]: _Page(mark.findtext(f"{KML}description", "")) for mark in marks}


@pytest.fixture(scope="module")
def root(files: dict[str, bytes]) -> ET.Element:
    return _tree(files["karabakh-2020.kml"])


def test_each_layer_is_a_folder_and_the_faces_colour_the_ground_below(root: ET.Element, atlas: Atlas) -> None:
    titles = [folder.findtext(f"{KML}name") for folder in root.iter(f"{KML}Folder")]

    assert titles == ["Who held what", *(layer.title for layer in atlas.layers.values())]


def test_folders_show_as_on_the_web_map(root: ET.Element, atlas: Atlas) -> None:
    shown = [{each.text for each in folder.iter(f"{KML}visibility")} for folder in root.iter(f"{KML}Folder")]

    assert shown == [{"1"}, *({str(int(layer.at_first))} for layer in atlas.layers.values())]


def test_document_says_whose_it_is_and_looks_at_the_region(root: ET.Element, atlas: Atlas) -> None:
    text = root.findtext(f"{KML}Document/{KML}description", "")
    views = root.findall(f"{KML}Document/{KML}LookAt/*")
    look = {each.tag.removeprefix(KML): float(each.text or 0) for each in views}
    west, south, east, north = atlas.coverage.faces.total_bounds

    assert all(provenance(atlas)[key] in text for key in ("disclaimer", "attribution", "edition"))
    assert "ODbL-1.0" in text
    assert (west < look["longitude"] < east, south < look["latitude"] < north) == (True, True)
    assert 150_000 < look["range"] < 600_000


def test_styles_have_the_colours_of_the_map(root: ET.Element) -> None:
    paths = (f"{KML}LineStyle/{KML}color", f"{KML}LineStyle/{KML}width", f"{KML}PolyStyle/{KML}color")
    found = {each.attrib["id"]: tuple(map(each.findtext, paths)) for each in root.iter(f"{KML}Style")}

    assert {style: found.get(f"style.{style}") for style in STYLES} == STYLES


def test_each_style_is_used_and_each_used_is_there(root: ET.Element) -> None:
    there = [f"#{style.attrib['id']}" for style in root.iter(f"{KML}Style")]

    assert set(there) == {each.text for each in root.iter(f"{KML}styleUrl")}
    assert len(there) == len(set(there))


def test_ids_are_good_in_xml_and_each_is_there_once(root: ET.Element) -> None:
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]

    assert len(ids) == len(set(ids))
    assert [each for each in ids if not re.fullmatch(r"[a-z][a-z0-9.-]*", each)] == []


def test_balloon_tells_words_sources_and_how_sure(root: ET.Element, atlas: Atlas) -> None:
    balloons, untold = _balloons(root), []
    sources = {source["name"]: source["title"] for source in atlas.descriptor["sources"]}
    for feature in features_by_id(atlas).values():
        text = balloons[feature.id].text
        told = [feature.summary, f"about {feature.uncertainty_m:,} m", feature.precision, "8 December 2020"]
        told += [sources[key] for key in feature.digitized_after]
        for quote in feature.quotes:
            told += [quote.exact, f"{voice_of(quote).text} · paragraph {quote.paragraph}"]
        untold += [(feature.id, each) for each in told if each not in text]

    assert untold == []


def test_balloons_are_in_words_without_ids_codes_and_bare_dates(root: ET.Element, atlas: Atlas) -> None:
    faces = atlas.coverage.faces
    codes = {*atlas.layers, *atlas.features, *atlas.sources, *faces.id, *STATUSES}
    codes |= {*faces.how, *faces.azerbaijani_since}
    hyphenated = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")
    told = {
        identifier: sorted(codes.intersection(hyphenated.findall(page.text)))
        for identifier, page in _balloons(root).items()
    }
    west = " ".join(_balloons(root)["face-gubadli-west"].text.split())

    assert {identifier: found for identifier, found in told.items() if found} == {}
    assert west.startswith(
        "District Gubadli In the former oblast no In the corridor no Azerbaijani-held since 18 December 2020"
        " How left by Armenian forces after the day shown Status Held by the Armenian side"
        " As of 8 December 2020 Area 164.1 km² Uncertainty 5,000 m Precision schematic"
    )


def test_in_another_language_all_but_quotes_names_and_codes_is_said_in_it(
    atlas: Atlas, root: ET.Element
) -> None:
    with speaking("ru"):
        (made,) = (body for path, body in translated_downloads(atlas).items() if path.endswith(".ru.kml"))
    russian = ET.fromstring(made)  # noqa: S314 - our own file
    own = ("name", "Snippet", "description")
    same = [
        (one.tag, one.text)
        for one, other in zip(root.iter(), russian.iter(), strict=True)
        if one.tag.rpartition("}")[2] in own and one.text == other.text and (one.text or "").strip()
    ]
    kept = [
        [each.text for each in tree.iter() if each.tag.endswith("}coordinates")] for tree in (root, russian)
    ]
    status = [
        [
            (each.attrib["name"], each[0].text)
            for each in tree.iter()
            if each.attrib.get("name") in ("status", "id")
        ]
        for tree in (root, russian)
    ]

    assert (same, kept[0] == kept[1], status[0] == status[1]) == ([], True, True)


def test_nothing_but_plain_elements_is_in_a_balloon(root: ET.Element) -> None:
    tags = {tag for page in _balloons(root).values() for tag in page.tags}

    assert tags <= {
        *("p", "bdi", "lang", "table", "tr", "th", "td", "align", "i", "small", "br", "blockquote")
    }


def test_hostile_text_stays_text(hostile: Atlas) -> None:
    content = kml_bytes(hostile)
    balloons = _balloons(_tree(content))
    usual = {tag for page in balloons.values() for tag in page.tags}

    assert b"CDATA" not in content
    assert FORBIDDEN.search(content.decode()) is None
    assert usual.isdisjoint({"script", "img", "onerror", "b"})
    for identifier in ("district-aghdam", "district-kelbajar", "district-lachin"):
        assert HOSTILE[identifier] in balloons[identifier].text


def test_language_chooses_the_names(atlas: Atlas) -> None:
    root = _tree(kml_bytes(atlas, "hy"))
    names = {mark.attrib["id"]: mark.findtext(f"{KML}name") for mark in root.iter(f"{KML}Placemark")}

    assert names["district-aghdam"] == "Ակնա"


def test_no_host_is_asked_for_anything_but_the_icon(root: ET.Element) -> None:
    assert {each.text for each in root.iter(f"{KML}href")} == {
        "http://maps.google.com/mapfiles/kml/shapes/placemark_circle.png"
    }
