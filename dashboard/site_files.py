"""A group of the site's files over HTTP: what is small from memory, the rest in ranges from a folder."""

from collections.abc import Iterator, Mapping
from os import PathLike, stat_result
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dashboard.representations import Representation, accepts_gzip, headers_of_form, not_modified

_SMALL = 2**20  # bytes: what is sent from memory, several times as fast as from a folder


class _LargeFile(FileResponse):
    chunk_size = 2**20  # each chunk is a trip to a thread


class SiteFiles(StaticFiles):
    """The files of one group in a folder, each with its headers; without a folder all are in memory."""

    def __init__(
        self,
        headers: Mapping[str, Mapping[str, str]],
        dated: Mapping[str, str],
        *,
        folder: Path | None = None,
        in_memory: Mapping[str, Representation] | None = None,
    ) -> None:
        super().__init__(directory=folder)
        self.dated = dated
        self._headers, self._in_memory = headers, dict(in_memory or {})
        self._folder = folder.resolve() if folder else None  # as Starlette looks files up

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
        return len(kept.body) if kept else Path(self._folder or "", name).stat().st_size

    async def respond(self, name: str, request: Request) -> Response:
        """Answer a GET or HEAD of one of the files."""
        if self._folder and ("range" in request.headers or self._is_large(name)):
            return await self.get_response(name, request.scope)
        return (await self.representation(name)).respond(request, self.dated)

    async def representation(self, name: str) -> Representation:
        """Return a file in memory, with its headers; it stays there."""
        if name not in self._in_memory:
            self._in_memory[name] = await run_in_threadpool(self._read, name)
        return self._in_memory[name]

    def file_response(
        self, full_path: PathLike[str] | str, stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer from the disk as Starlette does, with our headers, and in gzip for who accepts that."""
        asked, path = Headers(scope=scope), Path(full_path)
        headers = {**self._headers[path.relative_to(self._folder or "").as_posix()], **self.dated}
        packed = path.with_name(f"{path.name}.gz")
        zipped = "range" not in asked and accepts_gzip(asked) and packed.exists()
        if zipped:
            path, stat_result = packed, packed.stat()
        headers = headers_of_form(headers, zipped=zipped)
        return not_modified(headers, asked) or _LargeFile(
            path, status_code, headers, headers["Content-Type"], stat_result=stat_result
        )

    def _is_large(self, name: str) -> bool:
        return name not in self._in_memory and Path(self._folder or "", name).stat().st_size > _SMALL

    def _read(self, name: str) -> Representation:
        path = Path(self._folder or "", name)
        packed = path.with_name(f"{path.name}.gz")
        zipped = packed.read_bytes() if packed.exists() else None
        return Representation(path.read_bytes(), self._headers[name], zipped)
