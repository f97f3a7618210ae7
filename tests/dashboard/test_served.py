"""What the server serves is made once, beside it, and awaited; faults are kept until the data is mended."""

import asyncio
import json
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import file_maker, prepare
from dashboard import served as module
from dashboard.file_maker import FileMaker
from dashboard.served import Served, served
from dashboard.settings import CACHE, settings
from dashboard.site_files import DOWNLOADS, ENTRIES, GROUPS, READER
from dashboard.sources import Watch, checksum, files_below
from layers import GeodataError, build_atlas
from layers.data.folders import GEODATA, ROOT
from tests.dashboard.conftest import UNKNOWN_QUOTE
from tests.dashboard.web import ask, run, wait_until_ready


@pytest.fixture
def build() -> Served:
    """A build that has not begun."""
    return Served(FileMaker())


def test_with_all_files_kept_no_process_is_started(
    server: str, build: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until_ready(server)  # now they are kept
    monkeypatch.setattr(file_maker.subprocess, "Popen", None)
    build.build()
    held = {name: list(group.result()) for name, group in build.groups.items()}
    assert [name for name, files in held.items() if not files] == []
    assert ("map/index.html" in held[READER], "download/karabakh-2020.zip" in held[DOWNLOADS]) == (True, True)


def test_where_nothing_can_be_kept_the_files_are_in_memory(
    build: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    monkeypatch.setattr(FileMaker, "made", lambda *_: iter(()))
    kinds = ("reader", "translated", "entry", "download", "more_download")
    for kind in kinds:
        monkeypatch.setattr(
            f"dashboard.prepare.{kind}_files", lambda *_, kind=kind, **__: {f"{kind}.txt": b"a"}
        )
    build.build()
    in_memory = [name for group in build.groups.values() for name in group.result()]
    assert in_memory == [f"{kind}.txt" for kind in kinds]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_faults_cost_one_build_beside_the_server_until_the_data_are_mended(
    server: str, broken_data: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(server, "/card.png")  # by now the files of the data without faults are kept
    quotes, broken = data_copy / "geodata" / "quotes.json", broken_data / "geodata" / "quotes.json"
    quotes.write_bytes(broken.read_bytes())
    monkeypatch.setenv("KARABAKH_GEODATA", str(data_copy / "geodata"))
    monkeypatch.setattr(module, "_builder", None)
    here = [build_atlas]
    monkeypatch.setattr("layers.atlas.build_atlas", lambda *folders: here.pop()(*folders))  # noqa: PLW0108 - later
    first = served()
    for part in first.parts:
        with pytest.raises(GeodataError) as caught:
            part.result(timeout=60)
        assert UNKNOWN_QUOTE[:40] in caught.value.report
    assert (served() is first, len(here)) == (True, 1)
    quotes.write_bytes((GEODATA / "quotes.json").read_bytes())
    for _ in range(200):
        if (second := served()) is not first:
            break
        time.sleep(0.05)
    assert second.on_request.result(timeout=60).atlas.layers
    assert (served() is second, here, second.error) == (True, [], None)
    second.close()


def test_files_of_data_that_were_changed_meanwhile_are_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    found = iter(("before", "after"))
    stand_ins = {"checksum": lambda _: next(found), "build_atlas": lambda *_: None, "made": lambda *_: {}}
    for name, stand_in in stand_ins.items():
        monkeypatch.setattr(prepare, name, stand_in)
    assert (prepare._make(settings()), list(tmp_path.rglob("files.json"))) == (False, [])


def test_what_somebody_waits_for_is_made_next_once_the_reader_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    wanted = list[str]()

    def made(group: str, *_: object) -> dict[str, object]:
        wanted.extend([DOWNLOADS] if group == READER else [])  # asked for meanwhile
        return {}

    stand_ins = {"build_atlas": lambda *_: None, "made": made, "os": SimpleNamespace(nice=lambda _: None)}
    for name, stand_in in stand_ins.items():
        monkeypatch.setattr(prepare, name, stand_in)
    assert prepare._make(settings(), wanted)
    order = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert (order[:2], sorted(order)) == ([READER, DOWNLOADS], sorted(GROUPS))


def test_the_process_is_told_what_somebody_waits_for(build: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    build.group(ENTRIES)  # before the process is there
    echo = [
        sys.executable,
        "-c",
        "import sys; [print(a.strip(), '/a/b', flush=True) for a in sys.stdin]",
    ]
    popen = subprocess.Popen
    monkeypatch.setattr(file_maker.subprocess, "Popen", lambda _, **how: popen(echo, **how))
    told = build._maker.made(Path("/a"))  # noqa: SLF001 - what it hears is what was said
    heard = [next(told)[0], next(told)[0]]
    build.group(DOWNLOADS)
    heard.append(next(told)[0])
    build.close()
    assert heard == [ENTRIES, file_maker.BUILD, DOWNLOADS]


def test_a_source_that_is_gone_or_changed_is_seen_and_what_gdal_leaves_is_not(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(b"{}")
    watch, told = Watch(tmp_path), []
    for change in (
        lambda: (tmp_path / "old.json.aux.xml").write_bytes(b""),
        lambda: (tmp_path / "old.json").write_bytes(b"{ }"),
        lambda: (tmp_path / "old.json").unlink(),  # noqa: PLW0108 - later
    ):
        change()
        told.append(watch.has_changed())
    assert told == [False, True, True]


def test_data_without_faults_are_not_looked_at_again(build: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "has_changed", lambda _: True)
    build._watch = Watch()  # noqa: SLF001 - instead of a whole build
    for part in build.parts:
        part.set_result(None)
    assert build.awaits_change() is False


def test_who_stops_waiting_spoils_it_for_nobody(build: Served) -> None:
    future: Future[object] = build.groups[DOWNLOADS]  # type: ignore[assignment]

    async def one_goes_and_one_stays() -> object:
        goes, stays = (asyncio.ensure_future(asyncio.wrap_future(future)) for _ in range(2))
        await asyncio.sleep(0)
        goes.cancel()
        await asyncio.sleep(0)
        future.set_result("files")
        return await stays

    assert run(one_goes_and_one_stays()) == "files"


def test_the_process_that_makes_files_ends_with_the_server() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.prepare"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.close()  # as when the server is killed
    assert process.wait(timeout=30) == 1
    process.stdout.close()


def test_whatever_the_files_are_made_of_changes_the_checksum(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARABAKH_GEODATA", str(data_copy / "geodata"))
    monkeypatch.setenv("KARABAKH_SEEDS", str(data_copy / "seeds"))
    found = {"as it is": checksum(settings())}
    (data_copy / "geodata" / "places.geojson.aux.xml").write_bytes(b"what GDAL leaves beside a file")
    assert checksum(settings()) == found["as it is"]
    for name, value in (("KARABAKH_ARTICLE", "quotes"), ("KARABAKH_URL", "https://a.example/")):
        monkeypatch.setenv(name, value)
        found[name] = checksum(settings())
    for path in ("geodata/claims.json", "seeds/article.json"):
        facts = json.loads((data_copy / path).read_text(encoding="utf-8"))
        (data_copy / path).write_text(json.dumps(facts), encoding="utf-8")
        found[path] = checksum(settings())
    monkeypatch.setattr("dashboard.sources.version", lambda _: "another")
    found["a library"] = checksum(settings())
    assert len({*found.values()}) == len(found)


def test_the_checksum_covers_code_templates_styles_and_data() -> None:
    names = {path.name for folder in ("dashboard", "layers") for path in files_below(ROOT / folder)}
    assert {"map.js", "bar.html", "symbology.json", "geopackage.sql", "atlas.py"} <= names
    assert [name for name in names if name.endswith(".pyc")] == []
