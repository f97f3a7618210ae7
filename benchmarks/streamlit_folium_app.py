"""What one would write instead: our layers with streamlit-folium, a checkbox a layer, for `streamlit run`.

FOLDER holds the layers as GeoJSON. HOW is `rebuilt`, where each toggle makes the map anew, or `added`, where
the map stays and its layers are handed to it with `feature_group_to_add`.
"""

import json
import os
from pathlib import Path
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

FILES = sorted(Path(os.environ["FOLDER"]).glob("*.geojson"))


@st.cache_data
def features(path: str) -> dict[str, Any]:
    """Return a layer as GeoJSON, read once."""
    return dict(json.loads(Path(path).read_text(encoding="utf-8")))


def layer(path: Path) -> folium.FeatureGroup:
    """Return a layer with a popup that names each feature."""
    group = folium.FeatureGroup(name=path.stem)
    popup = folium.GeoJsonPopup(fields=["name"])
    folium.GeoJson(features(str(path)), name=path.stem, popup=popup).add_to(group)
    return group


chosen = [path for path in FILES if st.checkbox(path.stem, value=path.stem != "protectorates")]
leaflet = folium.Map(location=(39.75, 46.75), zoom_start=8, tiles=None)
options: dict[str, Any] = {"key": "map", "width": 900, "height": 600, "returned_objects": []}
if os.environ["HOW"] == "rebuilt":
    for file in chosen:
        layer(file).add_to(leaflet)
    st_folium(leaflet, **options)
else:
    st_folium(leaflet, feature_group_to_add=[layer(file) for file in chosen], **options)
