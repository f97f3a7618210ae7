"""Whether the shipped drawings and lists of settlements can be read, and are what their indexes say."""

from layers.atlas import Atlas
from layers.comparison.settlements import settlements
from layers.comparison.shipped import drawings
from layers.data.problems import GeodataError, Problem


def check_shipped(atlas: Atlas) -> None:
    """Read all of them. Raises GeodataError with every problem found."""
    problems: list[Problem] = []
    for read in (drawings, settlements):
        try:
            read(atlas)
        except GeodataError as error:
            problems.extend(error.problems)
    if problems:
        raise GeodataError(problems)
