"""Files are written all or not at all: whatever goes wrong, what was there before is there, byte for byte."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layers.data.files import ROOT
from layers.exports.writing import write_files

FILES = {
    "a.txt": b"new a",
    "deep/er/b.txt": b"new b",
    "deep/c.txt": b"new c",
    "d.txt": b"",
    "new folder/ə.txt": b"new e",
}
OLD = {"a.txt": b"old a", "deep/c.txt": b"old c", "other.txt": b"other", "deep/other.txt": b"deep other"}
IN_THE_WAY = ("a.txt", "deep/er/b.txt", "d.txt", "new folder/ə.txt")
DISK_FULL = OSError(errno.ENOSPC, "No space left on device")
NO_FILES_OVER_1_KB = """
import resource, signal, sys
from pathlib import Path
from layers.exports.writing import write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
try:
    write_files(Path(sys.argv[1]), {"a.txt": b"a", "deep/b.txt": b"b" * 5000, "c.txt": b"c"})
except OSError as error:
    print(error.strerror)
"""


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


def failing(monkeypatch: pytest.MonkeyPatch, method: str, at: int, error: BaseException) -> Callable[[], int]:
    """Let a method of Path raise an error when it is called for the n-th time; return how often it was."""
    calls = 0
    real: Callable[..., Any] = getattr(Path, method)

    def failing_once(path: Path, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
        nonlocal calls
        calls += 1
        if calls == at:
            raise error
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, method, failing_once)
    return lambda: calls


@pytest.fixture(params=["empty", "with old files", "missing"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder to write to: with nothing in it, with some of the files and others, or not there."""
    path = tmp_path / "target" / "below"
    if request.param != "missing":
        path.mkdir(parents=True)
    if request.param == "with old files":
        fill(path, OLD)
    return path


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """Leave the process with the umask that it had."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_everything_is_written_and_nothing_else_is_touched(folder: Path) -> None:
    before = contents(folder)
    paths = write_files(folder, FILES)
    after = contents(folder)

    assert paths == [folder / name for name in FILES]
    assert {name: content for name, content in after.items() if content is not None} == {
        **{name: content for name, content in before.items() if content is not None},
        **FILES,
    }
    assert {name for name, content in after.items() if content is None} == {"deep", "deep/er", "new folder"}


def test_writing_twice_is_as_writing_once(folder: Path) -> None:
    write_files(folder, FILES)
    once = contents(folder)
    write_files(folder, FILES)

    assert contents(folder) == once


def test_nothing_to_write_makes_the_folder_and_leaves_it_empty(tmp_path: Path) -> None:
    assert write_files(tmp_path / "new", {}) == []
    assert contents(tmp_path) == {"new": None}


@pytest.mark.parametrize("at", range(1, len(FILES) + 1))
@pytest.mark.parametrize("method", ["write_bytes", "replace"])
@pytest.mark.parametrize("error", [DISK_FULL, KeyboardInterrupt()], ids=["disk full", "Ctrl-C"])
def test_what_stops_it_at_any_file_leaves_everything_as_it_was(
    folder: Path, method: str, at: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = folder.parents[1]
    before = contents(above)
    with monkeypatch.context() as patch:
        calls = failing(patch, method, at, error)
        with pytest.raises(type(error)):
            write_files(folder, FILES)
        assert calls() >= at
    assert contents(above) == before


@pytest.mark.parametrize("at", range(1, 5))
def test_a_folder_that_cannot_be_made_leaves_everything_as_it_was(
    folder: Path, tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tmp_path)
    with monkeypatch.context() as patch:
        failing(patch, "mkdir", at, PermissionError(errno.EACCES, "Permission denied"))
        with pytest.raises(PermissionError):
            write_files(folder, FILES)
    assert contents(tmp_path) == before


def test_no_space_for_the_copies_of_old_files_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DISK_FULL

    fill(tmp_path, OLD)
    before = contents(tmp_path)
    monkeypatch.setattr("shutil.copy2", full)

    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path, FILES)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("old", [{}, OLD], ids=["empty", "with old files"])
def test_a_limit_of_the_system_itself_leaves_everything_as_it_was(
    old: dict[str, bytes], tmp_path: Path
) -> None:
    fill(tmp_path, old)
    before = contents(tmp_path)
    command = [sys.executable, "-B", "-W", "error", "-c", NO_FILES_OVER_1_KB, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "File too large\n", "")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_a_folder_in_place_of_a_file_is_refused(name: str, folder: Path, tmp_path: Path) -> None:
    (folder / name).unlink(missing_ok=True)
    fill(folder / name, {"precious.txt": b"precious"})
    before = contents(tmp_path)

    with pytest.raises(IsADirectoryError, match=name):
        write_files(folder, FILES)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["target", "target/below", "target/below/deep", "target/below/deep/er"])
def test_a_file_in_place_of_a_folder_is_refused(name: str, tmp_path: Path) -> None:
    fill(tmp_path, {name: b"precious"})
    before = contents(tmp_path)

    with pytest.raises((FileExistsError, NotADirectoryError)):
        write_files(tmp_path / "target" / "below", FILES)
    assert contents(tmp_path) == before


def test_a_name_that_is_a_folder_of_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_files(tmp_path / "new", {"a/b.txt": b"b", "a": b"a"})
    assert contents(tmp_path) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    before = contents(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            write_files(tmp_path, FILES)
    finally:
        tmp_path.chmod(0o700)
    assert contents(tmp_path) == before


@pytest.mark.usefixtures("usual_umask")
@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077], ids=oct)
def test_files_and_folders_may_be_read_by_whom_the_umask_lets(umask: int, folder: Path) -> None:
    os.umask(umask)
    paths = write_files(folder, FILES)
    made = [folder / "deep" / "er", folder / "new folder"]

    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o666 & ~umask}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o777 & ~umask}


def test_an_old_file_comes_back_with_its_mode_and_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "a.txt"
    old.write_bytes(b"old")
    old.chmod(0o640)
    os.utime(old, (1_600_000_000, 1_600_000_000))
    failing(monkeypatch, "replace", 3, DISK_FULL)

    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path, FILES)
    assert (old.read_bytes(), stat.S_IMODE(old.stat().st_mode), old.stat().st_mtime) == (
        b"old",
        0o640,
        1_600_000_000,
    )


def test_a_link_to_a_file_elsewhere_is_replaced_and_the_file_is_not(tmp_path: Path) -> None:
    fill(tmp_path, {"elsewhere.txt": b"precious"})
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    write_files(tmp_path / "target", FILES)

    assert (tmp_path / "elsewhere.txt").read_bytes() == b"precious"
    assert (tmp_path / "target" / "a.txt").read_bytes() == FILES["a.txt"]


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nowhere"])
def test_a_link_is_a_link_again_when_writing_fails(
    there: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(tmp_path, {"elsewhere.txt": b"precious"} if there else {})
    target = tmp_path / "target"
    target.mkdir()
    (target / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    failing(monkeypatch, "replace", 3, DISK_FULL)

    with pytest.raises(OSError, match="No space left"):
        write_files(target, FILES)
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    assert (target / "a.txt").readlink() == tmp_path / "elsewhere.txt"
