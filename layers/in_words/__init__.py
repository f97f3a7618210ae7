"""The map in words, made from the same geometry: for who cannot see it, and for whoever likes to read."""

from layers.in_words.entries import Entry, Group, entries
from layers.in_words.paragraph import Part, paragraph, view_in_words
from layers.in_words.table import Row, table

__all__ = ["Entry", "Group", "Part", "Row", "entries", "paragraph", "table", "view_in_words"]
