"""What the server serves: made once, in the background, and awaited by whoever asks for it."""

import asyncio
import logging
import os
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from email.utils import formatdate
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.cache import listed, sweep
from dashboard.file_maker import FileMaker
from dashboard.memory import keep_for_good
from dashboard.settings import Settings, settings
from dashboard.site_files import GROUPS, READER, SiteFiles
from dashboard.slow_answers import awaited
from dashboard.sources import Watch, checksum, last_change
from layers.data.problems import GeodataError

if TYPE_CHECKING:
    from dashboard.on_request import OnRequest

T = TypeVar("T")
_LOOK_AGAIN_S = 0.25
_log = logging.getLogger(__name__)


class Served:
    """One build of everything: groups of files, and what is made on request. Each is a future.

    A fault in the data is the exception of them all.
    """

    def __init__(self, maker: FileMaker) -> None:
        self.groups: dict[str, Future[SiteFiles]] = {group: awaited() for group in GROUPS}
        self.on_request: Future[OnRequest] = awaited()
        self._maker = maker
        self._watch: Watch | None = None

    @property
    def parts(self) -> tuple[Future[Any], ...]:
        """All that is built."""
        return (*self.groups.values(), self.on_request)

    @property
    def error(self) -> BaseException | None:
        """What keeps it from being built, as far as that is known."""
        return next((error for part in self.parts if part.done() and (error := part.exception())), None)

    def group(self, name: str) -> Future[SiteFiles]:
        """Return a group of files; one that is not there yet is made next."""
        future = self.groups[name]
        if not future.done():
            self._maker.make_next(name)
        return future

    def build(self) -> None:
        """Make everything; whatever goes wrong is what those get who wait."""
        try:
            chosen = settings()
            self._watch = Watch(chosen.geodata, chosen.seeds)
            self._make(chosen)
        except BaseException as error:  # noqa: BLE001 - whoever waits for something gets it
            if not isinstance(error, GeodataError):
                _log.exception("Cannot build what is served.")
            elif self._watch:  # else it is the settings, with which no server starts
                _log.error("%s", error.report)
            for part in self.parts:
                if not part.done():
                    part.set_exception(error)

    def awaits_change(self) -> bool:
        """Wait until data with faults are changed, and return True; False where none are waited for."""
        while self._watch and self.error and not self._maker.is_closed:
            if self._watch.has_changed():
                return True
            time.sleep(_LOOK_AGAIN_S)
        return False

    def close(self) -> None:
        """End the process that makes files, if it is still at work, and remove temporary folders."""
        self._maker.close()

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
        made = self._maker.made(chosen.cache) if self._missing() else iter(())
        if READER in self._missing():
            self._take(*next(made, (READER, kept / READER)), dated)
        # Only now, as geopandas and matplotlib take a second to load.
        on_request, prepare = import_module("dashboard.on_request"), import_module("dashboard.prepare")
        atlas = import_module("layers.atlas").build_atlas(chosen.geodata, chosen.seeds)
        self.on_request.set_result(on_request.OnRequest(atlas, chosen.address, dated))
        import_module("dashboard.workbench.pages").load(atlas)
        keep_for_good()
        for group, folder in made:
            self._take(group, folder, dated)
        for group in () if self._maker.is_closed else self._missing():
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


class _Builder:
    """Builds what is served, one build after the other, in a thread of its own."""

    def __init__(self) -> None:
        self._maker = FileMaker()
        self.latest = Served(self._maker)
        Thread(target=self._build, name="build", daemon=True).start()

    def _build(self) -> None:
        self.latest.build()
        while self.latest.awaits_change():
            self.latest = Served(self._maker)
            self.latest.build()


_builder: _Builder | None = None
_beginning = Lock()


def served() -> Served:
    """Return the build that is served: the first, or a new one where the data had faults and was changed."""
    global _builder  # noqa: PLW0603 - one for the process
    with _beginning:
        _builder = _builder or _Builder()
    return _builder.latest


async def files_of(group: str) -> SiteFiles:
    """Return a group of files of the build that is served, once it is made. Raises GeodataError."""
    return await asyncio.wrap_future(served().group(group))
