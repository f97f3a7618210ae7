"""What a reader is told in figures: what a layer measures in all, and who held each thing at each step."""

from layers import Atlas
from layers.geometry.measure import area_km2
from layers.presentation import holders, layer_measures
from layers.steps import steps

ARMENIAN, REGAINED = "Armenian-held", "Azerbaijani-held, regained in battle"


def test_the_measures_of_a_layer_are_those_of_its_features_summed(atlas: Atlas) -> None:
    told = {layer.id: layer_measures(layer) for layer in atlas.layers.values()}
    districts = atlas.layers["returned-districts"].features
    whole, returned = (
        sum(value or 0 for value in values)
        for values in zip(*((each.area_km2, each.returned_km2) for each in districts), strict=True)
    )

    assert told["returned-districts"] == [
        ("area, in all", f"{whole:,.0f} km²"),
        ("of it regained or handed over, in all", f"{returned:,.0f} km²"),
    ]
    assert [title for title, _ in told["supply-route"]] == ["length, in all"]


def test_a_layer_with_places_has_no_measure_in_all(atlas: Atlas) -> None:
    unmeasured = [layer.id for layer in atlas.layers.values() if not layer_measures(layer)]

    assert unmeasured == ["places", "protectorates"]  # one of the regions compared is a point


def test_areas_and_places_on_the_faces_have_a_holder_at_each_step_and_nothing_else_has(atlas: Atlas) -> None:
    through_time, faces = steps(atlas), atlas.coverage.faces
    told = holders(atlas)
    within = faces.geometry.union_all().buffer(1e-9)
    expected = {
        key
        for key, feature in atlas.features.items()
        if feature.geometry.geom_type not in ("LineString", "MultiLineString")
        and within.covers(feature.geometry)
    }

    assert set(told) == expected
    assert {len(each) for each in told.values()} == {len(through_time)}


def test_an_area_is_told_by_its_parts_and_they_make_the_whole(atlas: Atlas) -> None:
    before, *_, last = holders(atlas)["district-aghdam"]
    faces = atlas.coverage.faces[atlas.coverage.faces.district == "aghdam"]
    km2 = dict(zip(faces.how, faces.geometry.map(area_km2), strict=True))
    whole = sum(km2.values())
    came_back, throughout = (
        f"{km2[how]:,.0f} of {whole:,.0f} km² ({100 * km2[how] / whole:.1f} %)"
        for how in ("handed-over", "held")
    )

    assert before == f"Armenian-held, {came_back}; Azerbaijani-held throughout, {throughout}"
    assert last == f"Azerbaijani-held, handed over, {came_back}; Azerbaijani-held throughout, {throughout}"


def test_an_area_of_one_holder_is_told_as_a_whole(atlas: Atlas) -> None:
    area = atlas.features["upper-karabakh-armenian-held"].area_km2

    assert set(holders(atlas)["upper-karabakh-armenian-held"]) == {f"{ARMENIAN}, {area:,.0f} km²"}


def test_a_place_is_told_by_the_face_it_lies_in(atlas: Atlas) -> None:
    assert holders(atlas)["shusha"] == [ARMENIAN, *[REGAINED] * 4]


def test_in_the_corridor_the_contingent_is_named_from_the_day_it_is_drawn(atlas: Atlas) -> None:
    contingent = " (under the control of the Russian contingent by clause 6 of the armistice statement)"
    expected = [
        ARMENIAN,
        *[f"{ARMENIAN}{contingent}"] * 3,
        f"Azerbaijani-held, handed over{contingent}",
    ]
    told = {key: held for key, held in holders(atlas).items() if any(contingent in each for each in held)}

    assert told == dict.fromkeys(("lachin", "lachin-corridor", "russian-area-lachin-corridor"), expected)
