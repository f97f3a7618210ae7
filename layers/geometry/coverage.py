"""The coverage: boundary lines, noded and polygonized, make faces; one label point says what each face is.

Everything is in WGS 84 degrees. Who holds a face on a day follows from its `azerbaijani_since` and from
nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, Self, TypeVar, cast

import geopandas as gpd
import pandas as pd
import shapely

from layers.data.problems import Problem, position
from layers.geometry.measure import area_km2

T = TypeVar("T")
ARMENIAN_HELD = "armenian-held"
STATUSES = (ARMENIAN_HELD, "regained", "handed-over", "held")  # of a face on a day, in the order of a bar
Area = Literal["oblast", "district"]  # what the map divides by who held it: the former oblast, the districts
AREAS: tuple[Area, ...] = ("oblast", "district")


@dataclass(frozen=True)
class Coverage:
    """The faces (Polygons with what they are), the boundary lines between them, and what else was drawn.

    `places` are Points, `routes` LineStrings, `protectorates` Polygons and a Point.
    `as_of` is the day that the layers show, `before_the_war` the last day of the old line of contact.
    """

    faces: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    routes: gpd.GeoDataFrame
    protectorates: gpd.GeoDataFrame
    as_of: date
    before_the_war: date
    _found: dict[tuple[object, ...], object] = field(init=False, default_factory=dict, compare=False)

    def in_other_words(self, **frames: gpd.GeoDataFrame) -> Self:
        """Return it with frames of other words, same geometry: what was found of one holds for both."""
        other = replace(self, **frames)
        object.__setattr__(other, "_found", self._found)
        return other

    @cached_property
    def km2(self) -> pd.Series:
        """The geodesic area of each face, in km²."""
        return self.faces.geometry.map(area_km2)

    def status_on(self, day: date) -> pd.Series:
        """Return each face's status: Armenian-held on the day, else how Azerbaijan came to hold it."""

        def status() -> pd.Series:
            held = [_azerbaijani_since(value) > day for value in self.faces.azerbaijani_since]
            return self.faces.how.mask(pd.Series(held, index=self.faces.index), ARMENIAN_HELD)

        return self.once(("status", day), status)

    def armenian_held(self, day: date) -> gpd.GeoDataFrame:
        """Return the faces that Azerbaijan did not hold on the given day."""
        return self.faces[self.status_on(day) == ARMENIAN_HELD]

    def faces_of(self, area: Area) -> gpd.GeoDataFrame:
        """Return the faces of the former oblast, or those of the seven districts."""
        return self.faces[self.faces.oblast if area == "oblast" else self.faces.district.notna()]

    def by_status(self, area: Area, day: date) -> Mapping[str, shapely.Geometry]:
        """Return the part of an area (Polygon or MultiPolygon) of each status that there is on a day."""

        def parts() -> dict[str, shapely.Geometry]:
            by_status = self.faces_of(area).groupby(self.status_on(day))
            return {str(status): dissolve(part) for status, part in by_status}

        return self.once(("parts", area, day), parts)

    def schematic_fronts(self, faces: gpd.GeoDataFrame, day: date) -> gpd.GeoDataFrame:
        """Return the schematic lines (LineStrings) that divided faces between the two sides on a day."""

        def fronts() -> pd.Index:
            held = self.status_on(day)[faces.index] == ARMENIAN_HELD
            lines = self.lines_along(dissolve(faces[held]).boundary)
            lines = lines[lines.geometry.covered_by(dissolve(faces[~held]).boundary)]
            return lines.index[lines.precision == "schematic"]

        return self.lines.loc[self.once(("fronts", *faces.index, day), fronts)]

    def faces_within(self, area: shapely.Geometry) -> gpd.GeoDataFrame:
        """Return the faces that an area (Polygon or MultiPolygon, made of faces) consists of."""
        found = self.once(("within", area), lambda: self.faces.index[self.faces.geometry.covered_by(area)])
        return self.faces.loc[found]

    def lines_along(self, outline: shapely.Geometry) -> gpd.GeoDataFrame:
        """Return the boundary lines that make up an outline; exact, since the outline is made of them."""
        return self.lines[self.lines.geometry.covered_by(outline)]

    def made_of(self, geometry: shapely.Geometry) -> gpd.GeoDataFrame:
        """Return the boundary lines or roads that an area's outline, or a line, was made of."""
        outline = geometry.boundary if geometry.area else geometry
        return self._all_lines[self._all_lines.geometry.covered_by(outline)]

    def once(self, key: tuple[object, ...], find: Callable[[], T]) -> T:
        """Return what was found before under a key: every page, picture and language asks for the same.

        So nothing that is found holds words.
        """
        if key not in self._found:
            self._found[key] = find()
        return cast("T", self._found[key])

    @cached_property
    def _all_lines(self) -> gpd.GeoDataFrame:
        """The boundary lines, then the roads (LineStrings)."""
        return pd.concat([self.lines, self.routes])

    @cached_property
    def drawn_alone(self) -> gpd.GeoDataFrame:
        """What was drawn for itself, not made of lines: places (Points), protectorates (Polygons, Point)."""
        return pd.concat([self.places, self.protectorates])


def _azerbaijani_since(value: str) -> date:
    """Return the date a face has been Azerbaijani-held since; `before-2020` is as early as a date can be."""
    return date.min if value == "before-2020" else date.fromisoformat(value)


def dissolve(faces: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the union of faces of one coverage (Polygon or MultiPolygon); of none, the empty Polygon."""
    return shapely.coverage_union_all(faces.geometry.to_numpy()) if len(faces) else shapely.Polygon()


def polygonize(lines: gpd.GeoDataFrame) -> list[shapely.Polygon]:
    """Return the faces (Polygons) that lines (LineStrings, WGS 84) enclose. Loose ends enclose nothing."""
    polygons, _cuts, _dangles, _invalid = shapely.polygonize_full(lines.geometry.to_numpy())
    return list(polygons.geoms)


def join_label_points(
    polygons: list[shapely.Polygon], points: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Give each polygon the attributes of the one label point in it.

    Returns the faces (Polygons with the points' columns, sorted by id) and a problem for each point
    outside every face, each face without a point and each face with two.
    """
    faces = gpd.GeoDataFrame({"face": range(len(polygons))}, geometry=polygons, crs=points.crs)
    joined = gpd.sjoin(points, faces, predicate="within", how="left")
    problems = [
        Problem(
            "faces.geojson",
            row.id,
            f"a label point at {position(row.geometry)} outside every face",
            "one in a face",
        )
        for row in joined[joined.face.isna()].itertuples()
    ]
    inside = joined.dropna(subset="face").astype({"face": int})
    problems += _shared_faces(inside)
    for face in faces[~faces.face.isin(inside.face)].itertuples():
        where = position(face.geometry.representative_point())
        problems.append(
            Problem("faces.geojson", f"face at {where}", "no label point in it", "one label point")
        )
    single = inside.drop_duplicates("face")
    attributes = single.drop(columns=["geometry", "index_right"])
    labelled = faces.merge(attributes, on="face").drop(columns="face")
    return labelled.sort_values("id", ignore_index=True), problems


def _shared_faces(inside: gpd.GeoDataFrame) -> Iterator[Problem]:
    for _, points in inside.groupby("face"):
        if len(points) > 1:
            ids = ", ".join(sorted(points.id))
            yield Problem(
                "faces.geojson", ids, f"{len(points)} label points in one face", "one label point a face"
            )
