"""The folders of served files: whole or not there, whatever happens to the disk and to other processes."""

import errno
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Barrier

import pytest

from dashboard import cache
from dashboard.cache import BESIDE, LIST, alone, keep, keep_somewhere, listed, sweep
from dashboard.representations import Representation

HEADERS = {"Content-Type": "text/plain"}
FILES = {name: Representation.of(name.encode() * 500, HEADERS) for name in ("a", "b/c")}
MODIFIED = 1_600_000_000
PLACE = f"{'0' * 32}/reader"


def test_what_is_kept_is_there_with_its_headers_its_time_and_its_gzip_form(tmp_path: Path) -> None:
    keep(tmp_path / PLACE, FILES, MODIFIED)
    found = {path.relative_to(tmp_path / PLACE).as_posix() for path in (tmp_path / PLACE).rglob("*.*")}
    assert found == {"a.gz", "b/c.gz", LIST}
    assert (tmp_path / PLACE / "b/c").read_bytes() == FILES["b/c"].body
    assert (tmp_path / PLACE / "a.gz").read_bytes() == FILES["a"].zipped
    assert (tmp_path / PLACE / "a").stat().st_mtime == MODIFIED
    assert listed(tmp_path / PLACE) == {"a": HEADERS, "b/c": HEADERS}
    assert [path.name for path in (tmp_path / PLACE).parent.iterdir()] == ["reader"]


def test_a_folder_that_is_not_whole_is_none_and_is_made_anew(tmp_path: Path) -> None:
    folder, failing = tmp_path / PLACE, []
    damages = {
        "missing file": (Path.unlink, folder / "a"),
        "missing gzip form": (Path.unlink, folder / "b/c.gz"),
        "cut short": (Path.write_bytes, folder / "b/c", b"b"),
        "no list": (Path.unlink, folder / LIST),
        "empty list": (Path.write_bytes, folder / LIST, b""),
        "nothing": (shutil.rmtree, folder),
    }
    for name, (damage, *arguments) in damages.items():
        keep(folder, FILES, MODIFIED)
        damage(*arguments)
        before = listed(folder)
        keep(folder, FILES, MODIFIED)
        if before is not None or listed(folder) is None:
            failing.append(name)
    assert failing == []


def test_of_two_at_once_one_wins_and_both_are_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, rename = Barrier(2), Path.rename

    def at_once(path: Path, target: Path) -> Path:
        together.wait(timeout=10)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", at_once)
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(keep, tmp_path / PLACE, FILES, MODIFIED) for _ in range(2)]
    assert [one.result() for one in both] == [None, None]
    assert listed(tmp_path / PLACE) == {"a": HEADERS, "b/c": HEADERS}
    assert [path.name for path in (tmp_path / PLACE).parent.iterdir()] == ["reader"]


def test_who_comes_second_waits_until_the_first_has_made_it(tmp_path: Path) -> None:
    told = list[str]()

    def second() -> None:
        with alone(tmp_path / PLACE):
            told.append("second")

    with ThreadPoolExecutor(1) as thread:
        with alone(tmp_path / PLACE):
            waiting = thread.submit(second)
            wait([waiting], timeout=0.05)
            told.append("first")
        waiting.result(timeout=10)
    assert told == ["first", "second"]


def test_where_the_cache_cannot_be_written_a_temporary_folder_does_and_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "file").write_bytes(b"precious")
    base = keep_somewhere(tmp_path / "file", PLACE, FILES, MODIFIED)
    assert base is not None
    assert (listed(base / PLACE), base.stat().st_mode & 0o077) == ({"a": HEADERS, "b/c": HEADERS}, 0)
    assert caplog.messages == [f"Cannot keep files in {tmp_path / 'file'}: Not a directory."]
    assert (tmp_path / "file").read_bytes() == b"precious"


def test_a_full_disk_leaves_nothing_behind_and_says_so_once_for_each_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def write(path: Path, body: bytes) -> None:
        if path.name == "c":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        with path.open("wb") as file:
            file.write(body)

    monkeypatch.setattr(Path, "write_bytes", write)
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert keep_somewhere(tmp_path / "cache", PLACE, FILES, MODIFIED) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file() or BESIDE in path.name] == []
    assert list((tmp_path / "temporary").iterdir()) == []
    assert len(caplog.messages) == len({*caplog.messages}) == 3
    assert [line for line in caplog.messages if "No space left on device" not in line] == []


def test_only_what_was_given_up_is_swept_away(tmp_path: Path) -> None:
    ages = {
        f"{'a' * 32}/{BESIDE}old": 7200,
        f"{'a' * 32}/{BESIDE}new": 60,
        f"{'a' * 32}/reader": 7200,
        f"{'b' * 32}/reader": 60,
        "somebody-elses": 99 * 24 * 3600,
    }
    for name in ages:
        (tmp_path / name).mkdir(parents=True)
    now = time.time()
    for name, age in {**ages, "a" * 32: 60, "b" * 32: 31 * 24 * 3600}.items():
        os.utime(tmp_path / name, (now - age, now - age))
    sweep(tmp_path)
    left = [name for name in ages if (tmp_path / name).exists()]
    assert left == [f"{'a' * 32}/{BESIDE}new", f"{'a' * 32}/reader", "somebody-elses"]
