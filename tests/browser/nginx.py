"""A real nginx with the site of deploy/nginx.conf, for tests and benchmarks."""

import contextlib
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.harness import ROOT, Server, free_port, start

SITE = ROOT / "deploy" / "nginx.conf"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# Beside the site, one that takes the prefix off before it asks the first of the replicas.
_STRIPPED = """
server {{
    listen 127.0.0.1:{port};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $karabakh_connection;
    location /karabakh/ {{ proxy_pass {replica}/; }}
}}
"""
_NAMED = "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;"


def nginx() -> str | None:
    """Return where nginx is, or None."""
    return shutil.which("nginx", path=os.pathsep.join((os.environ["PATH"], "/usr/sbin")))


@contextlib.contextmanager
def behind_nginx(
    folder: Path, replicas: tuple[str, str], *, takes_names: bool = False
) -> Iterator[tuple[str, str]]:
    """Serve two replicas, given by their addresses, as the README says.

    Yields the address of the site, below /karabakh/, and that of the same where the prefix is stripped. If it
    `takes_names`, each reader is at the address that X-Forwarded-For says, for the limits of the site.
    """
    site, stripped = free_port(), free_port()
    text = _configuration(folder, replicas, site, stripped, _NAMED if takes_names else "")
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    program = nginx() or "nginx"
    process = subprocess.Popen(
        [program, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    )
    try:
        _wait(f"http://127.0.0.1:{site}/")
        yield f"http://127.0.0.1:{site}/karabakh/", f"http://127.0.0.1:{stripped}/karabakh/"
    finally:
        process.terminate()
        process.wait(timeout=10)


@dataclass(frozen=True)
class Site:
    """The addresses of the site, and of the same with the prefix stripped; and its two replicas."""

    address: str
    stripped: str
    replicas: list[Server]
    _begin: Callable[[int, int | None], Server]

    def begin_again(self, number: int) -> None:
        """Start a replica again that was killed, where it was."""
        self.replicas[number] = self._begin(number, urlsplit(self.replicas[number].address).port)


@contextlib.contextmanager
def replicated(
    folder: Path, *, trusted: Sequence[str] = ("127.0.0.1", "127.0.0.1"), takes_names: bool = False
) -> Iterator[Site]:
    """Start two servers that trust one proxy each, and serve them as `behind_nginx` does."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(2) as pool:

        def begin(number: int, port: int | None = None) -> Server:
            settings = {"STREAMLIT_SERVER_BASE_URL_PATH": "karabakh", "FORWARDED_ALLOW_IPS": trusted[number]}
            return stack.enter_context(start(port=port, **settings))

        replicas = [*pool.map(begin, (0, 1))]
        pair = (replicas[0].address, replicas[1].address)
        addresses = stack.enter_context(behind_nginx(folder, pair, takes_names=takes_names))
        yield Site(*addresses, replicas, begin)


def _configuration(folder: Path, replicas: tuple[str, str], site: int, stripped: int, named: str) -> str:
    text = SITE.read_text(encoding="utf-8")
    for port, replica in zip((8501, 8502), replicas, strict=True):
        text = text.replace(f":{port}", f":{urlsplit(replica).port}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{site};")
    text = text.replace("/var/cache/nginx/karabakh", str(folder / "cache"))
    paths = "\n".join(f"{name}_temp_path {folder / name};" for name in _TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""  # its workers write into the folder
    return f"""
{user}
daemon off;
pid {folder / "nginx.pid"};
worker_processes 1;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
access_log off;
{named}
{paths}
{text}
{_STRIPPED.format(port=stripped, replica=replicas[0])}
}}
"""


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310 - our own
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nginx does not answer at {url}")
