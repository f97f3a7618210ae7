"""Write files to a folder, all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write `files` (by name; a name may hold folders) below `folder` and return their paths.

    Everything is written beside its place before the first file is renamed into it; if any step fails, or
    Ctrl-C stops it, what was there before is there again, links as links. Other files of the folder are left
    alone. Raises OSError.
    """
    targets = {name: folder / name for name in files}
    made = _make_folders({folder, *(target.parent for target in targets.values())})
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
            beside, before = Path(scratch, "beside"), Path(scratch, "before")
            _make_folders((root / name).parent for root in (beside, before) for name in files)
            for name, content in files.items():
                (beside / name).write_bytes(content)
                if os.path.lexists(targets[name]):  # a folder in the way raises IsADirectoryError
                    shutil.copy2(targets[name], before / name, follow_symlinks=False)
            _swap(targets, beside, before)
    except BaseException:
        for path in reversed(made):
            path.rmdir()
        raise
    return list(targets.values())


def _make_folders(folders: Iterable[Path]) -> list[Path]:
    """Make the folders that are missing, parents first, and return them. Makes none if one cannot be made."""
    wanted, made = set(folders), list[Path]()
    try:
        for folder in sorted(wanted | {parent for path in wanted for parent in path.parents}):
            if not folder.exists():
                folder.mkdir()
                made.append(folder)
            elif folder in wanted:
                folder.mkdir(exist_ok=True)  # raises FileExistsError if it is a file
    except BaseException:
        for path in reversed(made):
            path.rmdir()
        raise
    return made


def _swap(targets: Mapping[str, Path], beside: Path, before: Path) -> None:
    """Rename every file into its place; on a failure put back what was there."""
    done: list[str] = []
    try:
        for name, target in targets.items():
            (beside / name).replace(target)
            done.append(name)
    except BaseException:
        for name in done:
            if os.path.lexists(before / name):
                (before / name).replace(targets[name])
            else:
                targets[name].unlink()
        raise
