"""All files are complete before the first is moved to its place: until then nothing in the folder changes."""

import errno
import itertools
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layers.exports.writing import write_files

FILES = {
    "a.txt": b"new a",
    "deep/er/b.txt": b"new b",
    "deep/c.txt": b"new c",
    "d.txt": b"",
    "new folder/ə.txt": b"new e",
}
OLD = {"a.txt": b"old a", "deep/c.txt": b"old c", "other.txt": b"other", "deep/other.txt": b"deep other"}
FOLDERS = {"deep": None, "deep/er": None, "new folder": None}
STATES: dict[str, dict[str, bytes] | None] = {"missing": None, "empty": {}, "with old files": OLD}
STOPS = {
    "disk full": OSError(errno.ENOSPC, "No space left on device"),
    "no permission": PermissionError(errno.EACCES, "Permission denied"),
    "Ctrl-C": KeyboardInterrupt(),
}
STEPS = {"mkdir": 8, "write_bytes": len(FILES), "replace": 1}  # so many calls come before the first move

each_state = pytest.mark.parametrize("state", STATES)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return everything below a folder by its path, hidden files too; a folder holds None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write files the plain way."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def folder_in(root: Path, state: str) -> Path:
    """Return a folder to write to: not there, with nothing in it, or with some of the files and others."""
    folder = root / "target" / "below"
    if (old := STATES[state]) is not None:
        folder.mkdir(parents=True)
        fill(folder, old)
    return folder


def fail_after(calls: int, patch: pytest.MonkeyPatch, method: str, error: BaseException) -> None:
    """Let a method of Path raise an error once it has been called a number of times."""
    count = itertools.count()
    real: Callable[..., Any] = getattr(Path, method)

    def called(path: Path, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
        if next(count) >= calls:
            raise error
        return real(path, *arguments, **named)

    patch.setattr(Path, method, called)


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """Leave the process with the umask that it had."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@each_state
def test_every_file_is_written_and_no_other_is_touched(state: str, tmp_path: Path) -> None:
    folder = folder_in(tmp_path, state)
    paths = write_files(folder, FILES)
    once = contents(folder)
    write_files(folder, FILES)

    assert paths == [folder / name for name in FILES]
    assert once == {**(STATES[state] or {}), **FILES, **FOLDERS}
    assert contents(folder) == once


def test_no_files_make_an_empty_folder(tmp_path: Path) -> None:
    assert write_files(tmp_path / "new", {}) == []
    assert contents(tmp_path) == {"new": None}


@each_state
def test_a_stop_before_the_first_move_changes_nothing(
    state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = []
    for stop, (step, calls) in itertools.product(STOPS, STEPS.items()):
        for call in range(calls):
            root = tmp_path / f"{stop}, {step}, {call}"
            root.mkdir()
            folder = folder_in(root, state)
            before = contents(root)
            with monkeypatch.context() as patch:
                fail_after(call, patch, step, STOPS[stop])
                with pytest.raises(type(STOPS[stop])):
                    write_files(folder, FILES)
            if contents(root) != before:
                changed.append(root.name)

    assert changed == []


def test_a_stop_between_two_moves_leaves_every_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_in(tmp_path, "with old files")
    with monkeypatch.context() as patch:
        fail_after(2, patch, "replace", STOPS["Ctrl-C"])
        with pytest.raises(KeyboardInterrupt):
            write_files(folder, FILES)

    moved = {name: FILES[name] for name in ("a.txt", "deep/er/b.txt")}
    assert contents(folder) == {**OLD, **moved, "deep": None, "deep/er": None}


@pytest.mark.parametrize(
    ("obstacle", "error"),
    [
        ("target/below/a.txt/precious.txt", IsADirectoryError),
        ("target/below/new folder/ə.txt/precious.txt", IsADirectoryError),
        ("target/below/deep", FileExistsError),
        ("target/below/deep/er", FileExistsError),
        ("target/below", FileExistsError),
        ("target", NotADirectoryError),
    ],
)
def test_a_folder_for_a_file_or_a_file_for_a_folder_is_refused_and_left_alone(
    obstacle: str, error: type[OSError], tmp_path: Path
) -> None:
    fill(tmp_path, {obstacle: b"precious"})
    before = contents(tmp_path)

    with pytest.raises(error):
        write_files(tmp_path / "target" / "below", FILES)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("names", [("a/b.txt", "a"), ("a", "a/b.txt")])
def test_a_name_that_is_a_folder_of_another_is_refused(names: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises((IsADirectoryError, FileExistsError)):
        write_files(tmp_path / "new", dict.fromkeys(names, b"x"))
    assert contents(tmp_path) == {}


@pytest.mark.usefixtures("usual_umask")
@each_state
def test_files_and_folders_may_be_read_by_whom_the_umask_lets(state: str, tmp_path: Path) -> None:
    modes = {}
    for umask in (0o022, 0o002, 0o077):
        folder = folder_in(tmp_path / oct(umask), state)
        os.umask(umask)
        paths = write_files(folder, FILES)
        made = [*paths, folder / "deep" / "er", folder / "new folder"]
        modes[umask] = {stat.S_IMODE(path.stat().st_mode) for path in made}

    assert modes == {0o022: {0o644, 0o755}, 0o002: {0o664, 0o775}, 0o077: {0o600, 0o700}}


def test_a_linked_folder_is_written_to_and_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "elsewhere", OLD)
    (tmp_path / "link").symlink_to("elsewhere")
    paths = write_files(tmp_path / "link", FILES)

    assert paths == [tmp_path / "link" / name for name in FILES]
    assert (tmp_path / "link").readlink() == Path("elsewhere")
    assert contents(tmp_path / "elsewhere") == {**OLD, **FILES, **FOLDERS}


def test_a_linked_file_is_replaced_and_the_file_elsewhere_is_not(tmp_path: Path) -> None:
    fill(tmp_path, {"elsewhere.txt": b"precious", "target/other.txt": b"other"})
    (tmp_path / "target" / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "target" / "d.txt").symlink_to(tmp_path)
    write_files(tmp_path / "target", FILES)

    assert (tmp_path / "elsewhere.txt").read_bytes() == b"precious"
    assert contents(tmp_path / "target") == {**FILES, **FOLDERS, "other.txt": b"other"}


def test_a_path_may_be_relative_and_lead_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = write_files(Path("missing", "..", "new", "folder"), {"a.txt": b"a"})

    assert paths == [Path("missing", "..", "new", "folder", "a.txt")]
    assert contents(tmp_path) == {"new": None, "new/folder": None, "new/folder/a.txt": b"a"}
