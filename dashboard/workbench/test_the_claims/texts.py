"""The page's captions, and text that Streamlit is to show as it stands."""

from typing import Any

from dashboard.workbench.markdown import plain
from layers.style.captions import captions


def texts(part: str) -> dict[str, Any]:
    """Return the captions of one part of the page; some have {gaps} to be filled."""
    return dict(captions()["workbench"]["test-the-claims"][part])


def told(template: str, **values: object) -> str:
    """Return a caption, which may have Markdown, filled with values, which are shown as they stand."""
    return template.format(**{key: plain(value) for key, value in values.items()})
