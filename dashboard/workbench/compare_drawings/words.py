"""The page's captions."""

from layers.data.schemas import Json
from layers.style.captions import captions


def words() -> Json:
    """Return the captions of this page."""
    return captions()["workbench"]["compare-drawings"]
