"""How well the geodata is drawn: by itself (`report`), and beside other drawings (`comparison`)."""

from layers.accuracy.compared import comparison, outline_distances_m
from layers.accuracy.own import report

__all__ = ["comparison", "outline_distances_m", "report"]
