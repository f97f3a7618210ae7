"""What the server serves is made once, beside it, and awaited; faults are kept until the data is mended."""

import asyncio
import json
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from dashboard import served as module
from dashboard.served import DOWNLOADS, Served, served
from dashboard.settings import CACHE, settings
from dashboard.sources import Watch, checksum, files_below
from layers import GeodataError
from layers.data.folders import GEODATA, ROOT
from tests.dashboard.conftest import UNKNOWN_QUOTE
from tests.dashboard.web import run


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Served:
    """A build that has not begun."""
    monkeypatch.setattr(Served, "_build", lambda _: None)
    return Served()


def test_with_all_files_kept_no_process_is_started(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server
    first = Served()
    for group in first.groups.values():  # now they are kept, whoever has made them
        group.result(timeout=120)
    monkeypatch.setattr(module.subprocess, "Popen", None)
    second = Served()
    names = [sorted(group.result(timeout=20)) for group in second.groups.values()]
    assert names == [sorted(group.result()) for group in first.groups.values()]
    assert "map/index.html" in names[0]
    assert "download/karabakh-2020.zip" in names[-1]


def test_where_nothing_can_be_kept_the_files_are_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    monkeypatch.setattr(Served, "_made_beside", lambda *_: iter(()))
    kinds = ("reader", "translated", "entry", "download")
    for kind in kinds:
        monkeypatch.setattr(
            f"dashboard.prepare.{kind}_files", lambda *_, kind=kind, **__: {f"{kind}.txt": b"a"}
        )
    build = Served()
    in_memory = [name for group in build.groups.values() for name in group.result(timeout=60)]
    assert in_memory == [f"{kind}.txt" for kind in kinds]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_faults_are_found_once_and_mended_data_is_taken_up(
    broken_data: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes, broken = data_copy / "geodata" / "quotes.json", broken_data / "geodata" / "quotes.json"
    quotes.write_bytes(broken.read_bytes())
    monkeypatch.setenv("KARABAKH_GEODATA", str(data_copy / "geodata"))
    monkeypatch.setattr(Served, "_made_beside", lambda *_: iter(()))
    monkeypatch.setattr(module, "_latest", None)
    monkeypatch.setattr("dashboard.sources.LOOK_AGAIN_S", 0)
    first = served()
    for future in (*first.groups.values(), first.on_request):
        with pytest.raises(GeodataError) as caught:
            future.result(timeout=60)
        assert UNKNOWN_QUOTE[:40] in caught.value.report
    assert served() is first
    quotes.write_bytes((GEODATA / "quotes.json").read_bytes())
    monkeypatch.setattr("dashboard.prepare.made", lambda *_: {})
    second = served()
    assert second is not first
    assert second.on_request.result(timeout=60).atlas.layers
    assert served() is second


def test_sources_are_looked_at_once_a_second_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("dashboard.sources.time.monotonic", lambda: now[0])
    watch = Watch(tmp_path)
    (tmp_path / "new.json").write_bytes(b"{}")
    told = []
    for now[0] in (100.9, 101.1, 101.2, 102.2):
        told.append(watch.has_changed())
    assert told == [False, True, False, True]


def test_data_without_faults_is_not_looked_at_again(build: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "has_changed", lambda _: True)
    waiting = build.is_outdated()
    build.on_request.set_result(None)  # type: ignore[arg-type]
    assert (waiting, build.is_outdated()) == (False, False)


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
