"""The names on the map: in which order, at which zooms, and how they are written."""

from layers import Atlas
from layers.features import name_in
from layers.labels import labels, names_note
from layers.language.capitals import capitals, first_capital
from layers.language.speaking import speaking
from layers.style.captions import LANGUAGES


def test_capitals_are_those_of_the_language() -> None:
    cases = {("Zəngilan", "az"): "ZƏNGİLAN", ("Երևան", "hy"): "ԵՐԵՎԱՆ", ("Iran", "en"): "IRAN"}
    cases |= {("Qazaxıstan", "az"): "QAZAXISTAN", ("Шуша", "ru"): "ШУША"}  # noqa: RUF001

    assert {case: capitals(*case) for case in cases} == cases
    begun = {}
    for language, text in (("az", "işğal"), ("hy", "և այլն"), ("ru", "линия")):
        with speaking(language):
            begun[language] = first_capital(text)
    assert begun == {"az": "İşğal", "hy": "Եվ այլն", "ru": "Линия"}


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


def test_names_have_every_form_or_the_reader_is_told(atlas: Atlas) -> None:
    notes = {lang: names_note(atlas, lang) for lang in LANGUAGES}
    shown = [*(feature.names for feature in atlas.features.values()), *(each.names for each in labels(atlas))]

    assert [names for names in shown if not {"article", "en"} & names.keys()] == []
    assert [
        (lang, names)
        for lang in set(LANGUAGES) - {"article"}
        for names in shown
        if lang not in names and name_in(names, lang) not in notes[lang]
    ] == []
    assert notes["article"] == ""


def test_armenian_names_of_districts_follow_one_rule_that_is_told(atlas: Atlas) -> None:
    districts = atlas.layers["returned-districts"].features
    towns = atlas.coverage.places.set_index("id").names

    assert [each.id for each in districts if each.names["hy"] != towns[each.id[9:]]["hy"]] == []
    assert "unrecognized republic" in names_note(atlas, "hy")
