"""What a host may set in the environment; the README lists it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from layers.data.folders import GEODATA, SEEDS
from layers.data.problems import GeodataError, Problem, shortened
from layers.data.web_address import PATH, is_web_address

ARTICLE = "KARABAKH_ARTICLE"  # `full`, or `quotes` for hosts without permission for the full text
ADDRESS = "KARABAKH_URL"  # where the world finds it: in previews, on pictures, in downloads
FRAMERS = "KARABAKH_FRAME_ANCESTORS"  # sites that may frame the dashboard; any may frame /map
CACHE = "KARABAKH_CACHE"  # the folder in which the served files are kept between two starts
PORT = "PORT"  # which the server listens on
ACCESS_LOG = "KARABAKH_ACCESS_LOG"  # 1: a line of JSON on standard output for each request
METRICS = "KARABAKH_METRICS"  # 1: Streamlit's figures at /_stcore/metrics, for anybody
MOUNTED = "STREAMLIT_SERVER_BASE_URL_PATH"  # Streamlit's server.baseUrlPath, which says only the path
RELEASES = "KARABAKH_RELEASES"  # the folder of releases that are served at /v/{version}/
_USUAL_PORT, _LAST_PORT = "8501", 65_535
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(:[0-9]+)?")


@dataclass(frozen=True)
class Settings:
    """The settings as read. `address` ends in a slash or is empty; `framers` are origins, maybe none."""

    geodata: Path
    seeds: Path
    full_article: bool
    address: str
    framers: tuple[str, ...]
    cache: Path
    releases: Path | None
    port: int


def settings() -> Settings:
    """Return the settings. Raises GeodataError naming every one that is not as it should be."""
    problems: list[Problem] = []
    article, address = os.environ.get(ARTICLE, "full"), os.environ.get(ADDRESS, "")
    framers, releases = tuple(os.environ.get(FRAMERS, "").split()), os.environ.get(RELEASES)
    if article not in ("full", "quotes"):
        problems.append(Problem("environment", ARTICLE, shortened(article), "full or quotes"))
    if address and not is_web_address(address):
        problems.append(
            Problem("environment", ADDRESS, shortened(address), "an address such as https://a.example/")
        )
    for framer in framers:
        if not _ORIGIN.fullmatch(framer):
            expected = "origins such as https://a.example, with blanks between"
            problems.append(Problem("environment", FRAMERS, shortened(framer), expected))
    if releases and not Path(releases).is_dir():
        problems.append(Problem("environment", RELEASES, shortened(releases), "a folder that is there"))
    problems += [
        Problem("environment", name, shortened(value), "1, or nothing")
        for name in (ACCESS_LOG, METRICS)
        if (value := os.environ.get(name, "")) not in ("", "0", "1")
    ]
    port = os.environ.get(PORT) or _USUAL_PORT
    if not (re.fullmatch("[0-9]{1,5}", port) and int(port) <= _LAST_PORT):
        problems.append(Problem("environment", PORT, shortened(port), f"a number up to {_LAST_PORT}"))
    if problems:
        raise GeodataError(problems)
    return Settings(
        geodata=Path(os.environ.get("KARABAKH_GEODATA", GEODATA)),
        seeds=Path(os.environ.get("KARABAKH_SEEDS", SEEDS)),
        full_article=article == "full",
        address=with_slash(address),
        framers=framers,
        cache=Path(os.environ.get(CACHE) or _user_cache(), "karabakh-2020"),
        releases=Path(releases) if releases else None,
        port=int(port),
    )


def is_on(setting: str) -> bool:
    """Tell whether a setting that is 1 or nothing is 1."""
    return os.environ.get(setting) == "1"


def _user_cache() -> str:
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never fails


def base_path(mounted: str = "") -> str:
    """Return the path below which the world finds the dashboard: "", or such as "/karabakh".

    It is that of KARABAKH_URL, or else `mounted`, Streamlit's `server.baseUrlPath`. Raises GeodataError if
    the two differ, or if `mounted` is no path.
    """
    address = os.environ.get(ADDRESS, "")
    named = urlsplit(address).path.rstrip("/") if is_web_address(address) else ""
    path = f"/{mounted.strip('/')}" if mounted.strip("/") else ""
    if not re.fullmatch(PATH, path):
        raise GeodataError([Problem("environment", MOUNTED, shortened(mounted), "a path such as karabakh")])
    if path and address and path != named:
        expected = f"the path of {ADDRESS}, {shortened(named or '/')}, or nothing"
        raise GeodataError([Problem("environment", MOUNTED, shortened(mounted), expected)])
    return named or path


def with_slash(address: str) -> str:
    """Return an address as that of a folder; an empty one stays empty."""
    return f"{address.rstrip('/')}/" if address else ""
