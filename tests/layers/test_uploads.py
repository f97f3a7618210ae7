"""Files of other people's drawings: each format gives the same areas; each fault is told in a sentence."""

import io
import json
import math
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers import Atlas
from layers.comparison import Drawing, DrawingError, compare, our_shape, read_drawing
from layers.data.files import WGS84
from layers.exports.geojson import geojson_geometry
from layers.geometry.measure import METRIC, to_metres

LACHIN, FUZULI = "district-lachin", "district-fuzuli"
HOSTILE = "<script>alert(1)</script>\n\x1b[2J{0.__class__}" + "x" * 5000


@pytest.fixture(scope="module")
def frame(atlas: Atlas) -> gpd.GeoDataFrame:
    """Two districts, named."""
    shapes = [our_shape(atlas, each) for each in (LACHIN, FUZULI)]
    return gpd.GeoDataFrame({"name": ["Lachin", "Fuzuli"]}, geometry=shapes, crs=WGS84)


def _geojson(*geometries: Any, name: str = "one", **members: Any) -> bytes:  # noqa: ANN401 - JSON
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": each} for each in geometries]
    return json.dumps({"type": "FeatureCollection", **members, "features": features}).encode()


def _file(frame: gpd.GeoDataFrame, extension: str, folder: Path) -> bytes:
    path = folder / f"file.{extension}"
    frame.to_file(path)
    return path.read_bytes()


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _shapefile(frame: gpd.GeoDataFrame, folder: Path, *without: str) -> bytes:
    frame.to_file(folder / "areas.shp")
    parts = sorted(folder.glob("areas.*"))
    return _zipped({f"deep/{p.name}": p.read_bytes() for p in parts if p.suffix not in without})


def _kml(frame: gpd.GeoDataFrame, *, close: bool = True) -> bytes:
    placemarks = []
    for row in frame.itertuples():
        ring = row.geometry.exterior.coords[: None if close else -1]
        text = " ".join(f"{x},{y},0" for x, y in ring)
        placemarks.append(
            f"<Placemark><name>{row.name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{text}"
            "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        )
    head = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return f"{head}{''.join(placemarks)}</Document></kml>".encode()


def _written(kind: str, frame: gpd.GeoDataFrame, folder: Path) -> bytes:
    made: dict[str, Callable[[], bytes]] = {
        "geojson": lambda: _file(frame, "geojson", folder),
        "gpkg": lambda: _file(frame, "gpkg", folder),
        "fgb": lambda: _file(frame, "fgb", folder),
        "kml": lambda: _kml(frame),
        "kmz": lambda: _zipped({"doc.kml": _kml(frame)}),
        "zip": lambda: _shapefile(frame, folder),
    }
    return made[kind]()


def _found(drawing: Drawing) -> dict[str, list[str]]:
    return {match.feature: [drawing.pieces[i].name for i in match.pieces] for match in drawing.matches}


def _notes(drawing: Drawing) -> str:
    return " ".join(drawing.notes)


def _told(atlas: Atlas, content: bytes, name: str = "file") -> str:
    """Return the one sentence with which a file is refused."""
    with pytest.raises(DrawingError) as caught:
        read_drawing(name, content, atlas)
    text = str(caught.value)
    assert text.endswith(".")
    assert text.isprintable()
    assert len(text) < 260
    return text


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "fgb", "kml", "kmz", "zip"])
def test_every_format_gives_the_same_areas_and_leaves_nothing_behind(
    atlas: Atlas, frame: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    content = _written(kind, frame, tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    drawing = read_drawing(f"mine.{kind}", content, atlas)

    assert _found(drawing) == {FUZULI: ["Fuzuli"], LACHIN: ["Lachin"]}
    assert (drawing.title, drawing.notes) == (f"mine.{kind}", ())
    assert list(scratch.iterdir()) == []
    assert min(area.iou for area in compare(atlas, drawing).areas) > 0.9999


@pytest.mark.parametrize("kind", ["gpkg", "fgb", "zip"])
def test_other_crs_is_reprojected_and_told(
    atlas: Atlas, frame: gpd.GeoDataFrame, tmp_path: Path, kind: str
) -> None:
    drawing = read_drawing("a", _written(kind, frame.to_crs(METRIC), tmp_path), atlas)

    assert _found(drawing) == {FUZULI: ["Fuzuli"], LACHIN: ["Lachin"]}
    assert "UTM zone 38N" in _notes(drawing).replace("_", " ")


def test_crs_of_older_geojson_is_obeyed(atlas: Atlas) -> None:
    named = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}}
    geometry = shapely.geometry.mapping(to_metres(our_shape(atlas, LACHIN)))
    drawing = read_drawing("a", _geojson(geometry, **named), atlas)

    assert _found(drawing) == {LACHIN: ["one"]}
    assert "Reprojected from WGS 84 / UTM zone 38N" in _notes(drawing)
    unknown = {"crs": {"type": "name", "properties": {"name": "moon"}}}
    assert "not known" in _told(atlas, _geojson(geometry, **unknown))


@pytest.mark.parametrize(("crs", "assumed"), [(WGS84, "EPSG:4326"), (METRIC, METRIC), ("EPSG:3857",) * 2])
def test_missing_crs_is_assumed_and_told(
    atlas: Atlas, frame: gpd.GeoDataFrame, tmp_path: Path, crs: str, assumed: str
) -> None:
    drawing = read_drawing("a", _shapefile(frame.to_crs(crs), tmp_path, ".prj"), atlas)

    assert _found(drawing) == {FUZULI: ["Fuzuli"], LACHIN: ["Lachin"]}
    assert f"names no coordinate system; taken as {assumed}" in _notes(drawing)


def test_latitude_before_longitude_is_turned_round_and_told(atlas: Atlas) -> None:
    swapped = shapely.transform(our_shape(atlas, LACHIN), lambda positions: positions[:, ::-1])
    drawing = read_drawing("a", _geojson(geojson_geometry(swapped)), atlas)

    assert _found(drawing) == {LACHIN: ["one"]}
    assert "Latitude stood before longitude" in _notes(drawing)


def test_open_and_crossing_rings_are_repaired_and_told(atlas: Atlas, frame: gpd.GeoDataFrame) -> None:
    ring = [list(position) for position in our_shape(atlas, LACHIN).exterior.coords]
    bow = [[46.0, 39.0], [47.0, 40.0], [47.0, 39.0], [46.0, 40.0], [46.0, 39.0]]
    polygons = [{"type": "Polygon", "coordinates": [each]} for each in (ring[:-1], bow)]
    drawing = read_drawing("a", _geojson(*polygons), atlas)

    assert LACHIN in _found(drawing)
    assert "1 open ring" in _notes(drawing)
    assert "1 area whose outline crosses" in _notes(drawing)
    assert all(piece.geometry.is_valid for piece in drawing.pieces)
    assert "2 open rings" in _notes(read_drawing("a", _kml(frame, close=False), atlas))


def test_heights_points_and_lines_are_left_out_and_closed_lines_are_areas(atlas: Atlas) -> None:
    ring = [[*position, 900.0] for position in our_shape(atlas, LACHIN).exterior.coords]
    mixed = [
        {"type": "LineString", "coordinates": ring},
        {"type": "Point", "coordinates": [46.5, 39.5, 3]},
        {"type": "GeometryCollection", "geometries": [{"type": "LineString", "coordinates": ring[:5]}]},
        None,
        {"type": "Polygon", "coordinates": [[["a", 1], [2, 3]]]},
        {"type": "Polygon", "coordinates": [[[1e400, 1], [2, 3], [3, 4], [1e400, 1]]]},
        {"type": "LineString", "coordinates": [[math.nan, 1], [2, 3], [3, 4]]},
    ]
    drawing = read_drawing("a", _geojson(*mixed), atlas)

    assert _found(drawing) == {LACHIN: ["one"]}
    assert [shapely.has_z(piece.geometry) for piece in drawing.pieces] == [False]
    for told in ("Heights were left out", "2 points and lines", "1 open ring", "3 features without usable"):
        assert told in _notes(drawing)


def test_areas_outside_the_region_are_left_out_and_told(atlas: Atlas) -> None:
    far = shapely.box(2, 48, 3, 49)
    shapes = [geojson_geometry(our_shape(atlas, LACHIN)), geojson_geometry(far)]

    assert "1 area outside" in _notes(read_drawing("a", _geojson(*shapes), atlas))
    assert "lies in the region of the map" in _told(atlas, _geojson(shapes[1]))
    assert "fit none" in _told(atlas, _geojson(geojson_geometry(shapely.box(9e7, 9e7, 9.1e7, 9.1e7))))


def test_countries_of_the_whole_world_are_read_and_what_is_far_is_left_out_or_cut(atlas: Atlas) -> None:
    lachin = our_shape(atlas, LACHIN)
    empire = shapely.box(20, 41.5, 179.9, 80)  # so wide that a plane map has no place for its end
    far = [shapely.box(x, y, x + 8, y + 8) for x in range(-180, -90, 10) for y in range(-90, 80, 10)]
    fine = [shapely.segmentize(shape, 0.05) for shape in (empire, *far)]
    drawing = read_drawing("a", _geojson(*map(geojson_geometry, (lachin, *fine))), atlas)

    assert _found(drawing) == {LACHIN: ["one"]}
    assert (len(drawing.pieces), "1 area that reaches far" in _notes(drawing)) == (2, True)
    assert "153 areas outside" in _notes(drawing)


def test_features_are_called_by_what_says_it_is_a_name(atlas: Atlas, tmp_path: Path) -> None:
    told = {"country_name": "AZ", "code": "AZ-LAC", "region_name": "Laçin"}
    feature = {"type": "Feature", "properties": told, "geometry": geojson_geometry(our_shape(atlas, LACHIN))}
    frame = gpd.GeoDataFrame.from_features([feature], crs=WGS84)
    contents = (json.dumps(feature).encode(), _file(frame, "gpkg", tmp_path))

    assert [_found(read_drawing("a", each, atlas)) for each in contents] == [{LACHIN: ["Laçin"]}] * 2


def test_hostile_names_are_text_on_one_line(atlas: Atlas, frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geometry = geojson_geometry(our_shape(atlas, LACHIN))
    files = [_geojson(geometry, name=HOSTILE), _file(frame.assign(name=HOSTILE), "gpkg", tmp_path)]
    for content in files:
        drawing = read_drawing(f"../{HOSTILE}", content, atlas)
        for text in (drawing.title, *(piece.name for piece in drawing.pieces)):
            assert text.isprintable()
            assert len(text) <= 80
    assert "{0.__class__}"[:5] in _told(atlas, b"", HOSTILE[26:40])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "not a map file"),
        (b"hello", "not a map file"),
        (b"[1, 2]", "not a map file"),
        (b"{", "looks like GeoJSON"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000, "looks like GeoJSON"),
        (b'{"a": 1}', "not a map file"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "is TopoJSON"),
        (b'{"type": "FeatureCollection"}', "has no features"),
        (b'{"type": "FeatureCollection", "features": 3}', "has no features"),
        (b"<html></html>", "not a map file"),
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "not a map file"),
        (b"<kml", "looks like KML"),
        (b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "looks like KML"),
        (b"SQLite format 3\x00" + b"\x00" * 500, "looks like GeoPackage"),
        (b"fgb\x03fgb\x00" + b"\xff" * 500, "has no features"),
        (b"PK\x03\x04" + b"\x00" * 500, "no readable zip"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_file_that_is_no_drawing_is_refused_in_one_sentence(atlas: Atlas, content: bytes, told: str) -> None:
    assert told in _told(atlas, content)


def test_points_only_are_refused(atlas: Atlas) -> None:
    assert "only points or lines" in _told(atlas, _geojson({"type": "Point", "coordinates": [46, 39]}))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"../../etc/cron.d/x.kml": b"<kml/>"}, "leads out of the archive"),
        ({"/etc/x.kml": b"<kml/>"}, "leads out of the archive"),
        ({"..\\x.kml": b"<kml/>"}, "leads out of the archive"),
        ({"big.kml": b" " * 50_000_000}, "unpacks to more than 40 MB"),
        ({f"{number}.kml": b"" for number in range(300)}, "unpacks to more than"),
        ({"readme.txt": b"x"}, "holds none of"),
        ({"areas.shp": b"nonsense"}, "looks like Shapefile"),
        ({"inner.zip": b"PK\x03\x04"}, "holds none of"),
    ],
)
def test_hostile_archive_is_refused_in_one_sentence(atlas: Atlas, files: dict[str, bytes], told: str) -> None:
    assert told in _told(atlas, _zipped(files))


def test_archive_that_lies_about_its_size_is_read_no_further_than_the_limit(atlas: Atlas) -> None:
    content = bytearray(_zipped({"big.kml": b" " * 60_000_000}))
    size = (60_000_000).to_bytes(4, "little")
    honest = content.replace(size, (1_000).to_bytes(4, "little"))

    assert "zip" in _told(atlas, bytes(honest)) or "unpacks" in _told(atlas, bytes(honest))


def test_two_hundred_thousand_vertices_are_compared_and_memory_comes_back(
    atlas: Atlas, tmp_path: Path
) -> None:
    lachin = our_shape(atlas, LACHIN)
    fine = shapely.segmentize(lachin, lachin.length / 200_000)
    frame = gpd.GeoDataFrame({"name": ["fine"]}, geometry=[fine], crs=WGS84)
    content = _file(frame, "fgb", tmp_path)
    tracemalloc.start()
    report = compare(atlas, read_drawing("a", content, atlas))
    (area,) = report.areas
    del report
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(content) < 5_000_000
    assert (round(area.iou, 3), round(area.greatest_m)) == (1, 1)
    assert left < 5_000_000


def test_thousands_of_areas_and_vertices_without_end_are_refused(atlas: Atlas) -> None:
    boxes = [shapely.box(x, 39, x + 1e-4, 39.1) for x in np.linspace(46, 47, 2_001)]
    angles, radii = np.linspace(0, 6.28, 60_000), np.tile([0.1, 0.9], 30_000)
    turns = 7.3 * angles
    star = np.round(np.column_stack([46 + radii * np.cos(turns), 39 + radii * np.sin(turns)]), 5)

    assert "has 2,001 areas" in _told(atlas, _geojson(*map(geojson_geometry, boxes)))
    assert "too many to compare" in _told(
        atlas, _geojson({"type": "Polygon", "coordinates": [star.tolist()]})
    )
