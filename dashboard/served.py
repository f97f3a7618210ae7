"""What the server serves: made once, in the background, and awaited by whoever asks for it."""

import gc
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from email.utils import formatdate
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.cache import listed, sweep
from dashboard.settings import Settings, settings
from dashboard.site_files import SiteFiles
from dashboard.sources import HERE, Watch, checksum, last_change
from layers.data.problems import GeodataError

if TYPE_CHECKING:
    from dashboard.on_request import OnRequest

# in the order of being made
READER, TRANSLATED, ENTRIES, DOWNLOADS = GROUPS = ("reader", "translated", "entries", "downloads")
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Served:
    """One build of everything: groups of files, and what is made on request. Each is a future.

    A fault in the data is the exception of them all.
    """

    def __init__(self) -> None:
        self.groups: dict[str, Future[SiteFiles]] = {group: _awaited() for group in GROUPS}
        self.on_request: Future[OnRequest] = _awaited()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self._temporary = set[Path]()
        self._watch: Watch | None = None
        Thread(target=self._build, name="build", daemon=True).start()

    def is_outdated(self) -> bool:
        """Tell whether the data had faults and was changed since; looks at it once a second at most."""
        has_failed = self.on_request.done() and self.on_request.exception() is not None
        return has_failed and self._watch is not None and self._watch.has_changed()

    def close(self) -> None:
        """End the process that makes files, if it is still at work, and remove temporary folders."""
        self._closed = True
        if self._process:
            self._process.kill()
        for folder in self._temporary:
            shutil.rmtree(folder, ignore_errors=True)

    def _build(self) -> None:
        try:
            chosen = settings()
            self._watch = Watch(chosen.geodata, chosen.seeds)
            self._make(chosen)
        except BaseException as error:  # noqa: BLE001 - whoever waits for something gets it
            if not isinstance(error, GeodataError):
                _log.exception("Cannot build what is served.")
            futures: list[Future[Any]] = [self.on_request, *self.groups.values()]
            for future in futures:
                if not future.done():
                    future.set_exception(error)

    def _make(self, chosen: Settings) -> None:
        """Take what the cache has, and have the rest made by a process; make here what that cannot keep."""
        key = checksum(chosen)
        dated = {"ETag": f'"{key}"', "Last-Modified": formatdate(last_change(chosen), usegmt=True)}
        kept = chosen.cache / key
        with suppress(OSError):
            sweep(chosen.cache)
            os.utime(kept)
        for group in self.groups:
            self._take(group, kept / group, dated)
        made = self._made_beside(chosen.cache) if self._missing() else iter(())
        if READER in self._missing():
            self._take(*next(made, (READER, kept / READER)), dated)
        # Only now, as geopandas and matplotlib take a second to load.
        on_request, prepare = import_module("dashboard.on_request"), import_module("dashboard.prepare")
        atlas = import_module("layers.atlas").build_atlas(chosen.geodata, chosen.seeds)
        self.on_request.set_result(on_request.OnRequest(atlas, chosen.address, dated))
        import_module("dashboard.workbench.pages").load(atlas)
        gc.freeze()  # Streamlit collects garbage after each run of a page: 100 ms, if it looked through this
        for group, folder in made:
            self._take(group, folder, dated)
        for group in () if self._closed else self._missing():
            files = prepare.made(group, atlas, chosen)
            headers = {name: file.headers for name, file in files.items()}
            self.groups[group].set_result(SiteFiles(headers, dated, in_memory=files))

    def _missing(self) -> list[str]:
        return [group for group, future in self.groups.items() if not future.done()]

    def _take(self, group: str, folder: Path, dated: Mapping[str, str]) -> None:
        """Serve a group from a folder, if that is whole."""
        headers = listed(folder)
        if headers is not None and group in self._missing():
            self.groups[group].set_result(SiteFiles(headers, dated, folder=folder))

    def _made_beside(self, cache: Path) -> Iterator[tuple[str, Path]]:
        """Have all files made in a process, and yield each group with its folder as soon as that is whole."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.prepare"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), *sys.path])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with self._process as process:
            for line in process.stdout or ():
                group, _, path = line.rstrip("\n").partition(" ")
                folder = Path(path)
                if cache not in folder.parents:
                    self._temporary.add(folder.parents[1])
                yield group, folder


def _awaited() -> Future[T]:
    """Return a future that nobody can cancel: many wait for it, and some go away."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()
    return future


_latest: Served | None = None


def served() -> Served:
    """Return the build that is served: the first, or a new one where the data had faults and was changed."""
    global _latest  # noqa: PLW0603 - one for the process
    if _latest is None or _latest.is_outdated():
        _latest = Served()
    return _latest
