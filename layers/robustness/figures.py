"""Figures of claims from the areas of the faces, and from which lands meet: what needs no new coverage."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from layers.geometry.coverage import ARMENIAN_HELD, Coverage
from layers.robustness.ground import ABROAD
from layers.text.measured import HANDED_OVER, REGAINED

# Measures that are no shares and no counts, by their names in claims.json; those to a place, with its id.
TO_THE_POINT = {
    "stepanakert_inside_km": "stepanakert",
    "stepanakert_airport_inside_km": "stepanakert-airport",
}
BESIDE_THE_OBLAST = "regained_districts_next_to_oblast"
OVERLAND, ALONG_THE_ROAD = "overland_across_azerbaijan_km", "corridor_road_km"
Pairs = Collection[frozenset[str]]  # lands that share a stretch of border


@dataclass(frozen=True)
class Share:
    """The share, percent, of some faces' area in that of others which take them in."""

    part: frozenset[str]
    whole: frozenset[str]

    def of(self, faces: list[str], km2: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share for the areas of these faces along the last axis; 0 of nothing."""
        part, whole = (km2[..., [face in some for face in faces]].sum(-1) for some in (self.part, self.whole))
        return np.asarray(np.divide(100 * part, whole, out=np.zeros_like(whole), where=whole > 0))

    def slopes(self, faces: list[str], km2: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return by how much the share grows for a km² more of each face."""
        part, whole = (np.array([face in some for face in faces], float) for some in (self.part, self.whole))
        return 100 * (part * (whole @ km2) - whole * (part @ km2)) / (whole @ km2) ** 2

    def handed_km2(self, areas: Mapping[str, float], giver: str, taker: str, percent: float) -> float:
        """Return what the giver must hand to the taker for this share, km²; below 0 or infinite: it can't."""
        in_part, in_whole = ((taker in faces) - (giver in faces) for faces in (self.part, self.whole))
        part, whole = (sum(areas[face] for face in sorted(faces)) for faces in (self.part, self.whole))
        gained = in_part - percent / 100 * in_whole
        if in_part * whole == in_whole * part or not gained:
            return inf
        return float(percent / 100 * whole - part) / gained


@dataclass(frozen=True)
class Count:
    """How many of some groups of faces share a stretch of border with other land, or how many do not."""

    groups: tuple[frozenset[str], ...]
    others: frozenset[str]
    meeting: bool

    def of(self, pairs: Pairs) -> int:
        """Return the count, given which lands share a stretch of border."""
        met = (
            any(frozenset((face, other)) in pairs for face in group for other in self.others)
            for group in self.groups
        )
        return sum(meets == self.meeting for meets in met)


def share_of(measure: str, coverage: Coverage) -> Share | None:
    """Return the share that a measure takes, by its name in claims.json; None if it takes another figure."""
    faces, oblast = coverage.faces, frozenset(coverage.faces_of("oblast").id)
    held, zones = held_faces(coverage), frozenset(faces.id[faces.zone.notna()])
    russian = zones | set(faces.id[faces.corridor])
    shares = {
        "azerbaijani_share_of_oblast": Share(oblast - held, oblast),
        "armenian_share_of_oblast": Share(held, oblast),
        "enclave_in_russian_areas": Share(held & zones, held),
        "russian_areas_in_azerbaijan": Share(russian, russian),  # a state line takes the faces along
    }
    return shares.get(measure)


def count_of(measure: str, coverage: Coverage) -> Count | None:
    """Return the count that a measure takes, by its name in claims.json; None if it takes another figure."""
    if measure == BESIDE_THE_OBLAST:
        return Count(_districts(coverage, REGAINED), frozenset(coverage.faces_of("oblast").id), meeting=True)
    if measure == "handed_over_districts_off_the_border":
        return Count(_districts(coverage, HANDED_OVER), frozenset(ABROAD), meeting=False)
    return None


def held_faces(coverage: Coverage) -> frozenset[str]:
    """Return the ids of the oblast's faces that were Armenian-held on the day that the layers show."""
    status = coverage.status_on(coverage.as_of)
    return frozenset(coverage.faces.id[(status == ARMENIAN_HELD) & coverage.faces.oblast])


def _districts(coverage: Coverage, features: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    faces, names = coverage.faces, [feature.removeprefix("district-") for feature in features]
    return tuple(frozenset(faces.id[faces.district == name]) for name in names)
