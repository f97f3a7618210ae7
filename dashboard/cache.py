"""The served files between two starts of the server: each group in a folder that is whole or not there."""

import fcntl
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dashboard.representations import Representation

LIST = "files.json"  # written last: what stands beside it
BESIDE = ".writing-"  # how a folder is named until it is whole
_CHECKSUM = "[0-9a-f]" * 32
_GIVEN_UP_S, _UNUSED_S = 3600, 30 * 24 * 3600
_log = logging.getLogger(__name__)


def listed(folder: Path) -> dict[str, dict[str, str]] | None:
    """Return the headers of each file in a folder, or None unless all are there as they were written."""
    try:
        files = json.loads((folder / LIST).read_bytes())
        sizes = {path: size for file in files.values() for path, size in file["sizes"].items()}
        whole = all((folder / path).stat().st_size == size for path, size in sizes.items())
    except (OSError, ValueError):
        return None
    return {name: file["headers"] for name, file in files.items()} if whole else None


def keep(folder: Path, files: Mapping[str, Representation], modified: int) -> None:
    """Write files, and their compressed forms, to a folder in one step. Raises OSError.

    If another process has been faster, its files stay. `modified` is the time that each file gets.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=BESIDE, dir=folder.parent))
    try:
        told = {}
        for name, file in files.items():
            forms = {name: file.body, **({f"{name}.gz": file.zipped} if file.zipped else {})}
            for path, body in forms.items():
                (beside / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).write_bytes(body)
                os.utime(beside / path, (modified, modified))
            sizes = {path: len(body) for path, body in forms.items()}
            told[name] = {"headers": dict(file.headers), "sizes": sizes}
        (beside / LIST).write_text(json.dumps(told), encoding="utf-8")
        if folder.exists() and listed(folder) is None:
            shutil.rmtree(folder)  # somebody has tidied up in it
        beside.rename(folder)
    except OSError:
        if listed(folder) is None:  # else another process was faster
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process makes a folder: two that start together need not both do the work."""
    lock = None
    with suppress(OSError):  # where nothing can be written, nobody waits
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = (folder.parent / f".{folder.name}.lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if lock:
            lock.close()


def keep_somewhere(root: Path, place: str, files: Mapping[str, Representation], modified: int) -> Path | None:
    """Write files to a place below the root or else a temporary folder; return which of them, or None."""
    for base in _bases(root):
        try:
            keep(base / place, files, modified)
        except OSError as error:
            _log.warning("Cannot keep files in %s: %s.", base, error.strerror)
            if base != root:
                shutil.rmtree(base, ignore_errors=True)
        else:
            return base
    return None


def _bases(root: Path) -> Iterator[Path]:
    yield root
    for folder in (tempfile.gettempdir(), "/dev/shm"):  # noqa: S108 - a folder of our own in it
        try:
            yield Path(tempfile.mkdtemp(prefix="karabakh-2020-", dir=folder))
        except OSError:
            continue


def sweep(root: Path) -> None:
    """Remove what killed processes left half-written, and what no server started with for a month."""
    now = time.time()
    for pattern, limit in ((f"{_CHECKSUM}/{BESIDE}*", _GIVEN_UP_S), (_CHECKSUM, _UNUSED_S)):
        for folder in root.glob(pattern):
            if folder.stat().st_mtime < now - limit:
                shutil.rmtree(folder, ignore_errors=True)
