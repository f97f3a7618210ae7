"""The workbench's pages as `AppTest` runs them, on the repository's data."""

from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.headers import file_headers
from dashboard.on_request import OnRequest
from dashboard.representations import Representation
from dashboard.site import type_of
from dashboard.site_files import DOWNLOADS, READER, SiteFiles
from dashboard.workbench.pages import module_of
from layers import Atlas

Open = Callable[..., AppTest]


def _run(module: str, atlas: object) -> None:
    """Run a page; Streamlit runs this body by itself."""
    from importlib import import_module  # noqa: PLC0415

    import_module(module).page(atlas)


def group(*names: str) -> Future[SiteFiles]:
    """Return a group of files, made."""
    files = {name: Representation.of(name.encode(), file_headers(name, type_of(name), b"")) for name in names}
    made: Future[SiteFiles] = Future()
    made.set_result(SiteFiles({name: file.headers for name, file in files.items()}, {}, in_memory=files))
    return made


@pytest.fixture(autouse=True)
def _served(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the atlas of the tests, without any files."""
    done = Future[OnRequest]()
    done.set_result(OnRequest(atlas, "", {}))
    build = SimpleNamespace(on_request=done, groups={READER: group(), DOWNLOADS: group()})
    for module in ("picture_taking", "file_list"):
        monkeypatch.setattr(f"dashboard.workbench.{module}.served", lambda: build)


@pytest.fixture
def opened(atlas: Atlas) -> Open:
    """Open a page at an address; no run of it ends with a fault."""

    def open_page(page: str, **query: str | list[str]) -> AppTest:
        test = AppTest.from_function(_run, default_timeout=60, args=(module_of(page), atlas))
        for key, value in query.items():
            test.query_params[key] = value
        test.run()
        assert [each.value for each in test.exception] == []
        return test

    return open_page


def address_of(test: AppTest) -> dict[str, str]:
    """Return the query of a page; the test keeps lists where the page has written, texts where we have."""
    return {key: value if isinstance(value, str) else value[-1] for key, value in test.query_params.items()}


def notices(test: AppTest) -> list[str]:
    """Return the lines that the page tells, without the escapes of Markdown."""
    return [each.value.replace("\\", "") for each in test.info]
