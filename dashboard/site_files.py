"""A group of the site's files over HTTP: what is small from memory, the rest in pieces from a folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.negotiation import Form, chosen_form
from dashboard.representations import LARGEST_IN_MEMORY, Representation

# in the order of being made, as long as nobody waits for one of the later
READER, TRANSLATED, ENTRIES, DOWNLOADS, MORE_DOWNLOADS = GROUPS = (
    "reader",
    "translated",
    "entries",
    "downloads",
    "more-downloads",
)


class SiteFiles:
    """The files of one group in a folder, each with its headers; without a folder all are in memory."""

    def __init__(
        self,
        headers: Mapping[str, Mapping[str, str]],
        dated: Mapping[str, str],
        *,
        folder: Path | None = None,
        in_memory: Mapping[str, Representation] | None = None,
    ) -> None:
        self.dated = dated
        self._headers, self._in_memory = headers, dict(in_memory or {})
        self._folder = folder or Path()

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a file of that name."""
        return name in self._headers

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the files."""
        return iter(self._headers)

    def size(self, name: str) -> int:
        """Return how large a file is, in bytes. Raises KeyError if there is no such file."""
        if name not in self._headers:
            raise KeyError(name)
        kept = self._in_memory.get(name)
        return len(kept.body) if kept else (self._folder / name).stat().st_size

    async def respond(self, name: str, request: Request) -> Response:
        """Answer a GET or HEAD of one of the files."""
        if name in self._in_memory or self.size(name) <= LARGEST_IN_MEMORY:
            return (await self.representation(name)).respond(request, self.dated)
        path, size = self._folder / name, self.size(name)
        packed = path.with_name(f"{path.name}.gz")
        headers = {**self._headers[name], **self.dated}
        form = chosen_form(request, headers, size, has_gzip=packed.exists())
        if isinstance(form, Response):
            return form
        return _LargeFile(packed if form.zipped else path, form)

    async def representation(self, name: str) -> Representation:
        """Return a file in memory, with its headers; it stays there."""
        if name not in self._in_memory:
            self._in_memory[name] = await run_in_threadpool(self._read, name)
        return self._in_memory[name]

    def _read(self, name: str) -> Representation:
        path = self._folder / name
        packed = path.with_name(f"{path.name}.gz")
        zipped = packed.read_bytes() if packed.exists() else None
        return Representation(path.read_bytes(), self._headers[name], zipped)


class _LargeFile(FileResponse):
    """A file on its way in pieces; of its ranges Starlette hears only the one that has been chosen."""

    chunk_size = 2**20  # each chunk is a trip to a thread

    def __init__(self, path: Path, form: Form) -> None:
        headers = {key: value for key, value in form.headers.items() if key != "Content-Range"}
        super().__init__(path, 200, headers, headers["Content-Type"], stat_result=path.stat())
        self._range = f"bytes={form.part.start}-{form.part.stop - 1}" if form.status == 206 else ""  # noqa: PLR2004

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or the part of it."""
        asked = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
        if self._range:
            asked.append((b"range", self._range.encode()))
        await super().__call__({**scope, "headers": asked}, receive, send)
