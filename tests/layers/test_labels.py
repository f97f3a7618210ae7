"""The names on the map: in which order, at which zooms, and how they are written."""

from layers import Atlas
from layers.labels import labels
from layers.style.capitals import capitals


def test_capitals_are_those_of_the_language() -> None:
    cases = {("Zəngilan", "az"): "ZƏNGİLAN", ("Երևան", "hy"): "ԵՐԵՎԱՆ", ("Iran", "en"): "IRAN"}
    cases |= {("Qazaxıstan", "az"): "QAZAXISTAN", ("Шуша", "ru"): "ШУША"}  # noqa: RUF001

    assert {case: capitals(*case) for case in cases} == cases


def test_what_the_map_is_about_is_named_first(atlas: Atlas) -> None:
    near = [label.id for label in labels(atlas) if label.zooms[0] <= 8 <= label.zooms[1]]

    assert near[:4] == ["upper-karabakh", "stepanakert", "shusha", "district-aghdam"]
    assert near.index("district-zangilan") < near.index("zangilan") < near.index("armenia")
    assert near[-1] == "lake-sevan"


def test_far_off_the_states_and_regions_are_named_and_nothing_near(atlas: Atlas) -> None:
    far = {label.id: label.kind for label in labels(atlas) if label.zooms[0] <= 5}
    near = {label.id for label in labels(atlas) if label.zooms[0] <= 7 <= label.zooms[1]}

    assert set(far.values()) == {"district far", "country far"}
    assert {"upper-karabakh", "transnistria", "region-georgia", "region-azerbaijan"} <= set(far)
    assert near & set(far) == {"upper-karabakh"}


def test_town_gives_way_to_its_district_until_there_is_room_for_both(atlas: Atlas) -> None:
    waiting = {label.id: (label.unless, label.until) for label in labels(atlas) if label.unless}

    assert waiting["kelbajar"] == ("district-kelbajar", 9.0)
    assert len(waiting) == 7


def test_areas_are_written_in_capitals_and_places_as_they_are(atlas: Atlas) -> None:
    written = {label.id: label.as_json().get("written") for label in labels(atlas)}

    assert written["district-zangilan"]["az"] == "ZƏNGİLAN"
    assert written["armenia"]["ru"] == "АРМЕНИЯ"
    assert written["zangilan"] is None


def test_place_with_a_marker_is_named_sooner_than_one_without(atlas: Atlas) -> None:
    first = {label.id: label.zooms[0] for label in labels(atlas)}

    assert (first["hadrut"], first["khojavend"]) == (8, 8.75)
    assert (first["stepanakert-airport"], first["askeran"]) == (8.75, 9.5)
