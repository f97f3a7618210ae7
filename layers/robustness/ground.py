"""What boundary lines divide: the kinds of land, and the two of them beside each line.

A kind of land is a face of the coverage or, beyond the coverage, the rest of a country. Distances are taken
in UTM zone 38N; everything else is in WGS 84 degrees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import shapely

from layers.atlas import Atlas
from layers.data.problems import UnknownChoiceError
from layers.geometry.coverage import ARMENIAN_HELD, Coverage, dissolve
from layers.geometry.measure import to_metres
from layers.text.measured import Shapes

QUARTER = 32  # segments of a quarter circle: the arc is true to 0.03 % of its radius
HOME, ABROAD = "azerbaijan", ("armenia", "iran")  # the country of all faces; those across its border here
CORRIDOR = "lachin-corridor"


@dataclass(frozen=True, eq=False)
class Ground:
    """What lines divide: each kind of land (Polygon or MultiPolygon, WGS 84 degrees) by its id.

    `sides` has the two kinds beside each line, the inner first: outwards is from it to the other. `metric`
    has the lines in UTM zone 38N, by id.
    """

    shapes: Shapes
    lands: Mapping[str, shapely.Geometry]
    sides: Mapping[str, tuple[str, str]]
    metric: Mapping[str, shapely.Geometry]

    def given(self, line: str, *, outwards: bool) -> tuple[str, str]:
        """Return which kind of land gives and which takes if a line is shifted."""
        inner, outer = self.sides[line]
        return (outer, inner) if outwards else (inner, outer)

    @cached_property
    def in_metres(self) -> dict[str, shapely.Geometry]:
        """Each kind of land in UTM zone 38N."""
        return {name: to_metres(land) for name, land in self.lands.items()}

    @cached_property
    def borders(self) -> dict[str, dict[str, shapely.Geometry]]:
        """The stretches of border that each land shares with each other (MultiLineStrings, UTM zone 38N)."""
        found: dict[str, dict[str, list[shapely.Geometry]]] = {}
        for line, pair in self.sides.items():
            for one, other in (pair, pair[::-1]):
                found.setdefault(one, {}).setdefault(other, []).append(self.metric[line])
        return {
            one: {other: shapely.union_all(lines) for other, lines in others.items()}
            for one, others in found.items()
        }

    @property
    def pairs(self) -> set[frozenset[str]]:
        """The lands that share a stretch of border."""
        return {frozenset(pair) for pair in self.sides.values()}

    def point(self, place: str) -> shapely.Point:
        """Return a place of the layers (Point, UTM zone 38N)."""
        return to_metres(self.shapes.features[place])

    def strip(self, line: str, metres: float) -> shapely.Geometry:
        """Return what is nearer to a line than this (Polygon, UTM zone 38N)."""
        return shapely.buffer(self.metric[line], metres, quad_segs=QUARTER)


@lru_cache(maxsize=2)
def ground_of(atlas: Atlas) -> Ground:
    """Return the land of an atlas and what each line divides."""
    coverage, shapes = atlas.coverage, shapes_of(atlas)
    faces = dict(zip(coverage.faces.id, coverage.faces.geometry, strict=True))
    whole = dissolve(coverage.faces)
    lands = {**faces, **{country: shapes.countries[country] for country in ABROAD}}
    lands[HOME] = shapes.countries[HOME] - whole
    lines = dict(zip(coverage.lines.id, coverage.lines.geometry, strict=True))
    sides = {line: _sides(geometry, coverage, shapes) for line, geometry in lines.items()}
    return Ground(shapes, lands, sides, {line: to_metres(geometry) for line, geometry in lines.items()})


def shapes_of(atlas: Atlas) -> Shapes:
    """Return the shapes that an atlas's claims are held against."""
    countries = atlas.basemap[atlas.basemap.kind == "country"]
    features = {identifier: feature.geometry for identifier, feature in atlas.features.items()}
    return Shapes(features, dict(zip(countries.id, countries.geometry, strict=True)), atlas.coverage)


def known_line(atlas: Atlas, line: str) -> str:
    """Return the id of a boundary line. Raises UnknownChoiceError."""
    if line not in ground_of(atlas).sides:
        raise UnknownChoiceError("line", line, sorted(ground_of(atlas).sides))
    return line


def _sides(line: shapely.Geometry, coverage: Coverage, shapes: Shapes) -> tuple[str, str]:
    """Return the two kinds of land beside a line, the inner first."""
    faces = coverage.faces[shapely.covered_by(line, coverage.faces.boundary.to_numpy())]
    beside = sorted(faces.id)
    abroad = (each for each in ABROAD if line.covered_by(shapes.countries[each].boundary))
    if len(beside) == 1:
        beside.append(next(abroad, HOME))
    ranks = _ranks(coverage)
    inner, outer = sorted(beside, key=lambda land: ranks.get(land, (True,) * 4))
    return inner, outer


def _ranks(coverage: Coverage) -> dict[str, tuple[bool, ...]]:
    """Return by face what makes it the inner one of two: Armenian-held, else the oblast's, else the corridor.

    Else any face is the inner one beside land beyond all, and of two faces that whose id sorts first.
    """
    held = coverage.status_on(coverage.as_of) == ARMENIAN_HELD
    marks = zip(held, coverage.faces.oblast, coverage.faces.corridor, strict=True)
    return {
        face: (*(not mark for mark in each), False)
        for face, each in zip(coverage.faces.id, marks, strict=True)
    }
