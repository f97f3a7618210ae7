"""The map in words, made from the same geometry: for who cannot see it, and for whoever likes to read."""

from layers.in_words.claims import claims_counted
from layers.in_words.entries import Group, entries
from layers.in_words.paragraph import Dates, Part, dates, paragraph, view_in_words
from layers.in_words.table import Row, table
from layers.in_words.wording import Entry

__all__ = [
    "Dates",
    "Entry",
    "Group",
    "Part",
    "Row",
    "claims_counted",
    "dates",
    "entries",
    "paragraph",
    "table",
    "view_in_words",
]
