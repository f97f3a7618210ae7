"""Run by QGIS's own interpreter: load each table with its default style, draw them, say what was seen.

Arguments: the GeoPackage, a PNG to draw, and the tables from the lowest to the topmost. Prints JSON.
"""

# ruff: noqa: ANN001, ANN002, ANN201, FBT003 - QGIS's interpreter is not ours, and has no types
import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

WEST, SOUTH, EAST, NORTH = 45.4, 38.8, 47.9, 40.6
WIDTH, HEIGHT = 1000, 900
SPOTS = {  # where each colour is seen without a line or a name over it; longitude, latitude
    "handed over": (46.1, 39.9),
    "regained in a district": (46.75, 39.35),
    "regained in the oblast": (46.95, 39.6),
    "held throughout": (47.6, 39.65),
    "outside": (45.5, 38.9),
}


def seen(layer):
    symbols = layer.renderer().symbols(QgsRenderContext())
    parts = [symbol.symbolLayer(i) for symbol in symbols for i in range(symbol.symbolLayerCount())]
    return {
        "renderer": layer.renderer().type(),
        "parts": sorted({f"{part.layerType()} {part.color().name()}" for part in parts}),
        "labels": layer.labelsEnabled(),
    }


def draw(layers, picture):
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setExtent(QgsRectangle(WEST, SOUTH, EAST, NORTH))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    drawn = settings.visibleExtent()
    step = drawn.width() / WIDTH
    pixels = {
        spot: (round((x - drawn.xMinimum()) / step), round((drawn.yMaximum() - y) / step))
        for spot, (x, y) in SPOTS.items()
    }
    return {spot: QColor(image.pixel(*pixel)).name() for spot, pixel in pixels.items()}


def main(path, picture, *tables):
    application = QgsApplication([], False)
    application.initQgis()
    layers = [QgsVectorLayer(f"{path}|layername={table}", table, "ogr") for table in tables]
    loaded = {layer.name(): layer.loadDefaultStyle()[1] for layer in layers}
    said = {layer.name(): seen(layer) for layer in layers}
    print(json.dumps({"loaded": loaded, "seen": said, "spots": draw(layers, picture)}))


main(*sys.argv[1:])
