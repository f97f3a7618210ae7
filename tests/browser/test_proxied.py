"""Two replicas behind a real nginx, below a path: everything is found, and one replica may go."""

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.harness import free_port, open_dashboard
from tests.browser.nginx import Site, behind_nginx, nginx, replicated
from tests.browser.visit import Visit
from tests.dashboard.web import Answer, ask

pytestmark = pytest.mark.skipif(nginx() is None, reason="nginx is not here")

STATUS = {
    "": 200,
    "?date=2020-11-20": 200,
    "reader?date=2020-11-20": 200,
    "map": 200,
    "tables": 200,
    "layers/": 200,
    "layers/places.geojson": 200,
    "layers/nonsense.geojson": 404,
    "download/features.csv": 200,
    "map.png": 200,
    "_stcore/health": 200,
}


@pytest.fixture(scope="module")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, the second server of which trusts another proxy than the one in front of it."""
    ask(server, "/download/features.csv")  # now kept: the replicas need not make all files again
    with replicated(tmp_path_factory.mktemp("nginx"), trusted=("127.0.0.1", "192.0.2.1")) as site:
        for each in site.replicas:  # what takes both seconds to build is not what the tests are about
            get(f"{each.address}/", "layers/places.csv?lang=az")
        yield site


def get(address: str, path: str = "", **headers: str) -> Answer:
    """Ask for a path below an address."""
    parts = urlsplit(address)
    return ask(f"{parts.scheme}://{parts.netloc}", f"{parts.path}{path}", **headers)


def picture(answer: Answer) -> str:
    """Return the address of the picture in a page's link preview."""
    (found,) = re.findall(r'og:image" content="([^"]*)"', answer.text)
    return found


def test_everything_is_found_below_the_path_stripped_or_not(site: Site) -> None:
    for address in (site.address, site.stripped):
        assert {path: get(address, path).status for path in STATUS} == STATUS
        assert picture(get(address)) == f"{address}card.png"
        assert (
            get(address.removesuffix("/"), "?date=2020-11-20")
            .header("Location")
            .endswith("/karabakh/?date=2020-11-20")
        )


def test_files_are_compressed_once_and_what_nginx_keeps_is_in_the_form_asked_for(site: Site) -> None:
    (script,) = re.findall(r'src="\./(static/js/index[^"]*)"', get(site.address).text)
    for _ in range(2):
        forms = [get(site.address, script, accept_encoding=form) for form in ("gzip, br", "gzip;q=0", "")]
        assert [form.header("Content-Encoding") for form in forms] == ["gzip", "", ""]
        assert [len(form.body) > 200_000 for form in forms] == [False, True, True]


def test_a_proxy_is_believed_only_where_it_is_trusted(site: Site) -> None:
    told = {"x_forwarded_proto": "https"}
    trusting, other = (picture(get(f"{each.address}/", **told)) for each in site.replicas)
    through = picture(get(site.address, **told))  # nginx says itself how it was asked
    assert [urlsplit(found).scheme for found in (trusting, other, through)] == ["https", "http", "http"]


def test_what_nginx_refuses_or_cannot_get_is_said_in_one_line(tmp_path: Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with behind_nginx(tmp_path, (nobody, nobody)) as (address, _):
        answers = [get(address, "map.png") for _ in range(30)]  # more than the limit lets through at once
    told = {(each.status, each.text, each.header("Retry-After")) for each in answers}
    assert told == {
        (503, "The server does not answer; retry in a few seconds.\n", "5"),
        (429, "Too many requests; retry in a few seconds.\n", "5"),
    }
    assert {each.header("Access-Control-Expose-Headers") for each in answers} == {"Retry-After"}


def given(site: Site) -> set[str]:
    """Return which replicas some new readers get."""
    told = ""
    for _ in range(20):
        get(site.address, "card.png")
        told += " ".join(get(site.address, "_stcore/health").headers.get_all("Set-Cookie", []))
    return set(re.findall("karabakh_replica=(.)", told))


def test_new_readers_are_shared_out_whatever_else_each_asks_for(site: Site) -> None:
    assert given(site) == {"a", "b"}


class Runs:
    """How many runs of a script a page has heard the end of."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self.count += ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"

    @contextlib.contextmanager
    def one_more(self) -> Iterator[None]:
        """Wait at the end of the block until a run that began in it has ended."""
        before = self.count
        yield
        for _ in range(1500):
            if self.count > before:
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError


@pytest.fixture
def mortal(site: Site) -> Iterator[Site]:
    """The site for a test that may kill a replica, which is there again for the others."""
    yield site
    for number, replica in enumerate(site.replicas):
        if replica.process.poll() is not None:
            site.begin_again(number)
    while given(site) != {"a", "b"}:  # nginx looks for it every 2 s
        time.sleep(0.2)


def test_a_reader_whose_replica_is_killed_goes_on_at_the_other(mortal: Site, visit: Visit) -> None:
    site, page, runs = mortal, visit.page, Runs(visit.page)
    with runs.one_more():
        open_dashboard(page, site.address.removesuffix("/"), "?date=2020-11-20")
    with runs.one_more():
        page.get_by_role("link", name="Tables and files").first.click()
    find = page.get_by_label("Find in this table")
    with runs.one_more():
        find.fill("TASS")
        find.press("Enter")

    lost = replica(page)
    with runs.one_more():
        site.replicas["ab".index(lost)].process.kill()
    assert ({lost, replica(page)}, page.url) == ({"a", "b"}, f"{site.address}tables?find=TASS")
    with runs.one_more():
        page.get_by_role("radio", name="Events").click()
    expect(find).to_have_value("TASS")
    assert page.url == f"{site.address}tables?table=events&find=TASS"
    assert (visit.elsewhere, get(site.address, "layers/places.geojson").status) == ([], 200)


def replica(page: Page) -> str:
    """Return which replica holds a page's session."""
    return next(each["value"] for each in page.context.cookies() if each["name"] == "karabakh_replica")
