"""A visit to the page without a browser, and what a reader would see on it."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest

from layers.data.files import ROOT
from tests.dashboard.html_tree import Node, parse


def visit(**query: str) -> AppTest:
    """Open the page at an address."""
    page = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    page.query_params.update(query)
    return page.run()


def html(page: AppTest) -> list[Node]:
    """Return our own HTML on the page."""
    return [parse(element.proto.body) for element in page.get("html")]


def cards(page: AppTest) -> list[Node]:
    """Return the cards beside the map."""
    return [card for tree in html(page) for card in tree.all("article", class_="card")]


def notices(page: AppTest) -> list[str]:
    """Return what the page warns of, as a reader sees it: without the signs that keep Markdown away."""
    ours = [
        notice.text for role in ("alert", "status") for tree in html(page) for notice in tree.all(role=role)
    ]
    return [*ours, *(warning.value.replace("\\", "") for warning in page.warning)]


def downloads(page: AppTest) -> list[Any]:
    """Return the download buttons on the page."""
    return list(page.get("download_button"))


def asked_of_map(page: AppTest) -> dict[str, Any]:
    """Return what the page hands to the component that holds the map."""
    (component,) = page.get("bidi_component")
    return dict(json.loads(component.proto.json))


def address(page: AppTest) -> dict[str, Any]:
    """Return the query in the address of the page."""
    return dict(page.query_params)


def link(page: AppTest) -> dict[str, str]:
    """Return the query of the link to this view."""
    return dict(parse_qsl(urlsplit(page.code[-1].value).query, keep_blank_values=True))
