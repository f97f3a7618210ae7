"""Geodesic measures against figures of WGS 84 that are known beforehand."""

import geopandas as gpd
import pytest
import shapely

from layers.geometry.measure import CORRELATION_KM, area_km2, area_margin_km2, distance_m, length_km

EARTH_KM2 = 510_065_621.724
EQUATOR_KM = 40_075.0167
OCTANT = shapely.Polygon([(0, 0), (90, 0), (90, 90), (0, 90)])


def test_area_of_an_octant_is_an_eighth_of_the_earth_whichever_way_it_runs() -> None:
    areas = [area_km2(OCTANT), area_km2(OCTANT.reverse())]

    assert areas == pytest.approx([EARTH_KM2 / 8] * 2, rel=1e-9)


def test_hole_counts_as_no_area() -> None:
    outer, inner = shapely.box(46, 39, 47, 40), shapely.box(46.4, 39.4, 46.6, 39.6)

    assert area_km2(outer - inner) == pytest.approx(area_km2(outer) - area_km2(inner), rel=1e-9)


def test_parts_add_up() -> None:
    one, other = shapely.box(46, 39, 46.5, 40), shapely.box(47, 39, 47.5, 40)

    assert area_km2(one | other) == pytest.approx(2 * area_km2(one), rel=1e-9)


def test_length_of_a_quarter_of_the_equator() -> None:
    quarter = shapely.LineString([(0, 0), (45, 0), (90, 0)])

    assert length_km(quarter) == pytest.approx(EQUATOR_KM / 4, rel=1e-7)


def test_degree_of_longitude_at_40_north_is_85_394_m() -> None:
    assert distance_m(shapely.Point(46, 40), shapely.Point(47, 40)) == pytest.approx(85_394, abs=2)


def test_margin_is_a_root_of_sums_unless_all_errs_to_one_side() -> None:
    lines = [shapely.LineString([(46, 40), (46, 40.5)]), shapely.LineString([(47, 40), (47, 40.2)])]
    frame = gpd.GeoDataFrame({"uncertainty_m": [1000, 2500]}, geometry=lines, crs="EPSG:4326")
    km = [length_km(line) for line in lines]

    assert area_margin_km2(frame, 20.0) == pytest.approx((20 * (km[0] + km[1] * 2.5**2)) ** 0.5)
    assert area_margin_km2(frame) == area_margin_km2(frame, CORRELATION_KM)
    assert area_margin_km2(frame, None) == pytest.approx(km[0] + km[1] * 2.5)
