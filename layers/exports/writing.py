"""Write files to a folder: first all of them beside their places, then each is moved to its place."""

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write `files` (by name; a name may hold folders) below `folder` and return their paths.

    Nothing in the folder changes before every file is written to the same disk; other files are left alone,
    and a folder that was missing is there with all its files or not at all. Raises OSError.
    """
    target = Path(os.path.realpath(folder))
    if target.exists():
        target.mkdir(exist_ok=True)  # raises FileExistsError if it is a file
    base = next(path for path in (target, *target.parents) if path.exists())
    below = target.relative_to(base)
    with tempfile.TemporaryDirectory(dir=base, prefix=".writing-") as name:
        scratch = Path(name)
        (scratch / below).mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            (scratch / below / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / below / path).write_bytes(content)
        moved = below.parts[:1] or files
        _refuse_obstacles(base, moved)
        for path in moved:
            (base / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / path).replace(base / path)
    return [folder / path for path in files]


def _refuse_obstacles(base: Path, names: Iterable[str]) -> None:
    """Raise OSError if a folder lies where a file is to be, or a file where a folder is to be."""
    for name in names:
        path = base / name
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        for parent in Path(name).parents:
            if os.path.lexists(base / parent):
                (base / parent).mkdir(exist_ok=True)  # raises FileExistsError
