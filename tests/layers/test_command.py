"""`python -m layers` as a reader of the terminal meets it: what it prints, where, and its exit code."""

import hashlib
import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from layers import Atlas
from layers.__main__ import main
from layers.data.files import GEODATA, ROOT
from layers.exports.archive import archive_bytes
from layers.exports.everything import README, SUMS, all_files
from layers.exports.geojson import geojson_bytes
from layers.printed import picture_bytes, view
from layers.style.captions import LANGUAGES
from tests.layers.damage import (
    BOUNDARIES,
    CLAIMS,
    DATES,
    DESCRIPTOR,
    FACES,
    GAZETTEER,
    LAYERS,
    NOTICES,
    PLACES,
    QUOTES,
    TEXT,
    at,
    damage,
    path_of,
    problems_of,
    put,
    say,
)

IDS = [layer["id"] for layer in json.loads((GEODATA / "layers.json").read_text(encoding="utf-8"))]
NAME = "karabakh-2020"
STARTS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml ", "pdf": b"%PDF-"}
NO_FILES_OVER_1_KB = "ulimit -f 1 && exec"  # makes writing fail half-way, as a full disk would


def _layers(*arguments: str | Path, before: str = "exec") -> subprocess.CompletedProcess[str]:
    """Run `python -m layers` with warnings as errors and no compiled files left behind."""
    command = [sys.executable, "-B", "-W", "error", "-m", "layers", *map(str, arguments)]
    shell = ["sh", "-c", f'{before} "$@"', "sh", *command]
    return subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)


def _with(data: Path) -> list[str]:
    return ["--geodata", str(data / "geodata"), "--seeds", str(data / "seeds")]


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_check_prints_every_layer_and_feature(atlas: Atlas) -> None:
    done = _layers("check")
    rows = [line.split()[:2] for line in done.stdout.splitlines()[1:-1]]

    assert (done.returncode, done.stderr) == (0, "")
    assert rows == [[layer.id, feature] for layer in atlas.layers.values() for feature in layer.features.id]
    assert done.stdout.splitlines()[-1].endswith(", no faults")


def test_check_prints_each_fault_on_a_line_and_exits_1(data_copy: Path) -> None:
    damage(data_copy, FACES, at("zangilan", 45.9, 39))
    damage(data_copy, PLACES, say("castle", "goris", "kind"))
    damage(data_copy, QUOTES, put("a\nmisquoted\u2028line", "rump", "exact"))
    damage(data_copy, LAYERS, put("roads", "places", "id"))
    path_of(data_copy, TEXT).write_bytes(b"Nothing.")
    done = _layers(*_with(data_copy), "check")
    problems = problems_of(data_copy)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.split("\n") == [*map(str, problems), f"{len(problems)} faults", ""]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        *((BOUNDARIES, b"\xff\xfe"), (DESCRIPTOR, b"[]"), (TEXT, b""), (QUOTES, b"\0")),
        *((CLAIMS, b"{}"), (DATES, b"[]"), (GAZETTEER, b"["), (NOTICES, b"[]")),
    ],
)
def test_check_of_a_broken_file_is_no_traceback(
    file: str, content: bytes, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path_of(data_copy, file).write_bytes(content)

    assert main([*_with(data_copy), "check"]) == 1
    assert f"{file}, " in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["nowhere", "file", "file/below"])
def test_check_of_data_that_are_not_there_is_no_traceback(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    assert main(["--geodata", str(tmp_path / folder), "check"]) == 1
    assert "boundaries.geojson, " in capsys.readouterr().err


def test_export_prints_the_files_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / "out" / f"{layer}.geojson") for layer in IDS
    ]
    assert _names(tmp_path / "out") == {f"{layer}.geojson" for layer in IDS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_export_in_a_language_writes_its_names(lang: str, atlas: Atlas, tmp_path: Path) -> None:
    status = main(["export", str(tmp_path), "--lang", lang])
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    assert status == 0
    assert written == {f"{x.id}.geojson": geojson_bytes(atlas, x, lang) for x in atlas.layers.values()}


def test_claims_prints_each_claim_with_both_figures_and_the_verdict(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["claims"])
    output, error = capsys.readouterr()
    rows = [[text.strip() for text in line.split("  ") if text.strip()] for line in output.splitlines()]

    assert (status, error) == (0, "")
    assert rows[0] == ["claim", "the article", "measured", "verdict", "agrees if"]
    for row, claim in zip(rows[1:], atlas.claims, strict=False):
        texts = (claim.id, claim.figure, claim.measured_text, claim.verdict, claim.tolerance)
        assert " ".join(row) == " ".join(texts)
    assert rows[1 + len(atlas.claims)] == []


@pytest.mark.parametrize("command", ["claims", "gazetteer"])
def test_command_on_broken_data_prints_the_faults_and_nothing_else(
    command: str, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(data_copy, CLAIMS, put([10, 20], "one-third", "stated"))
    status = main([*_with(data_copy), command])
    output, error = capsys.readouterr()

    assert (status, output) == (1, "")
    assert error.split("\n") == [*map(str, problems_of(data_copy)), "1 fault", ""]


def test_export_of_broken_data_writes_nothing(data_copy: Path, tmp_path: Path) -> None:
    damage(data_copy, FACES, at("zangilan", 45.9, 39))

    assert main([*_with(data_copy), "export", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("target", "reason"),
    [("file", "File exists"), ("file/below", "Not a directory"), ("f" * 300, "File name too long")],
)
def test_export_to_where_no_folder_can_be_says_so_in_one_line(
    target: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    assert main(["export", str(tmp_path / target)]) == 1
    assert capsys.readouterr() == ("", f"cannot write to {tmp_path / target}: {reason}\n")
    assert _names(tmp_path) == {"file"}


def test_export_that_cannot_finish_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / f"{IDS[0]}.geojson"
    old.write_text("old", encoding="utf-8")
    done = _layers("export", tmp_path, before=NO_FILES_OVER_1_KB)

    assert (done.returncode, done.stderr) == (1, f"cannot write to {tmp_path}: File too large\n")
    assert old.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == {old.name}


@pytest.mark.parametrize(
    "arguments",
    [[], ["draw"], ["export"], ["export", "out", "--lang", "xx"], ["claims", "one-third"]],
    ids=["none", "unknown", "no folder", "unknown language", "one too many"],
)
def test_wrong_arguments_are_answered_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert capsys.readouterr().err.startswith("usage: python -m layers")


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _pixels(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What `export DIR --all` writes, by path."""
    folder = tmp_path_factory.mktemp("everything")
    assert main(["export", str(folder / "all"), "--all"]) == 0
    assert _names(folder) == {"all"}
    return _contents(folder / "all")


def test_export_of_everything_writes_the_files_of_the_library_and_their_archive(
    atlas: Atlas, pictures: dict[str, bytes], everything: dict[str, bytes]
) -> None:
    files = all_files(atlas, pictures=pictures)

    assert everything.keys() == {*files, f"{NAME}.zip"}
    assert [path for path, content in files.items() if everything[path] != content] == []
    assert everything[f"{NAME}.zip"] == archive_bytes({f"{NAME}/{path}": files[path] for path in files})


def test_archive_unpacks_to_one_folder_of_the_same_files(everything: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(everything[f"{NAME}.zip"])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    assert members == {f"{NAME}/{path}": everything[path] for path in everything.keys() - {f"{NAME}.zip"}}


def test_sums_and_readme_name_every_other_file(everything: dict[str, bytes]) -> None:
    lines = everything[SUMS].decode().splitlines()
    summed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    others = everything.keys() - {SUMS, f"{NAME}.zip"}
    readme = everything[README].decode()

    assert summed == {path: hashlib.sha256(everything[path]).hexdigest() for path in others}
    assert [path for path in others - {README, "datapackage.json"} if path not in readme] == []


def test_export_of_everything_leaves_out_the_passages_that_only_name(
    atlas: Atlas, everything: dict[str, bytes]
) -> None:
    written = b"".join(everything[path] for path in ("annotations.csv", "annotations.jsonld")).decode()
    ids = {quote.id for quote in atlas.annotations.quotes if f"\n{quote.id}," in written.replace("\r", "")}

    assert ids == {quote.id for quote in atlas.annotations.quotes if quote.purpose == "describing"}


@pytest.fixture
def built(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have the atlas that is built already."""
    monkeypatch.setattr("layers.__main__.build_atlas", lambda *_: atlas)


@pytest.mark.usefixtures("built")
def test_export_with_the_full_article_has_every_passage(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.__main__.drawn", lambda *_: {})
    status = main(["export", str(tmp_path), "--all", "--full-article"])
    written, files = _contents(tmp_path), all_files(atlas, full_article=True)
    csv = written["annotations.csv"].decode()

    assert status == 0
    assert {path: content for path, content in written.items() if path != f"{NAME}.zip"} == files
    assert [
        quote.id for quote in atlas.annotations.quotes if f"\n{quote.id}," not in csv.replace("\r", "")
    ] == []


@pytest.mark.usefixtures("built")
def test_export_of_everything_prints_the_files_and_not_that_it_takes_a_while(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a/b.txt": b"b", "datapackage.json": json.dumps({"name": NAME}).encode()}
    monkeypatch.setattr("layers.__main__.drawn", lambda *_: {})
    monkeypatch.setattr("layers.__main__.all_files", lambda *_, **__: files)
    status = main(["export", str(tmp_path), "--all"])
    output, error = capsys.readouterr()

    assert status == 0
    assert output.splitlines() == [str(tmp_path / name) for name in (*files, f"{NAME}.zip")]
    assert len(error.splitlines()) == 1


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("kind", STARTS)
def test_picture_is_of_the_format_of_its_name_and_the_same_as_the_library_draws(
    kind: str, atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new" / f"map.{kind}"
    status = main(["picture", str(target), "--size", "400x400"])

    assert (status, capsys.readouterr()) == (0, (f"{target}\n", ""))
    assert target.read_bytes() == picture_bytes(atlas, view(atlas), format=kind, size="400x400")
    assert target.read_bytes().startswith(STARTS[kind])
    assert _names(target.parent) == {target.name}


@pytest.mark.usefixtures("built")
def test_picture_shows_the_layers_the_date_and_the_names_asked_for(atlas: Atlas, tmp_path: Path) -> None:
    asked = {"layers": "places,returned-districts", "date": "2020-11-20", "lang": "hy"}
    options = [part for key, value in asked.items() for part in (f"--{key}", value)]
    status = main(["picture", str(tmp_path / "map.png"), "--size", "card", *options])
    picture = (tmp_path / "map.png").read_bytes()

    assert (status, _pixels(picture)) == (0, (1200, 630))
    assert picture == picture_bytes(atlas, view(atlas, **asked), size="card")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("file", "options", "reason"),
    [
        ("map.png", ["--layers", "places,roads"], "There is no layer “roads”; there are upper-karabakh, "),
        ("map.png", ["--date", "2020-11-21"], "There is no date “2020-11-21”; there are 2020-09-26, "),
        ("map.png", ["--date", "2020-11\n\x1b[2J"], "There is no date “2020-11  [2J”; there are "),
        ("map.png", ["--lang", "xx"], "There is no form of names “xx”; there are article, az, hy, ru."),
        ("map.png", ["--size", "b4"], "There is no size “b4”; there are a4, "),
        ("map.png", ["--size", "99999x1"], "There is no size “99999x1”; there are a4, "),
        ("map.png", ["--size", "x" * 5000], f"There is no size “{'x' * 60}”; there are a4, "),
        ("map.gif", [], "There is no format “gif”; there are png, svg, pdf."),
        ("map", [], "There is no format “”; there are png, svg, pdf."),
        (".png", [], "There is no format “”; there are png, svg, pdf."),
    ],
)
def test_picture_of_what_there_is_not_is_refused_in_one_line(
    file: str, options: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["picture", str(tmp_path / "new" / file), *options])
    output, error = capsys.readouterr()

    assert (status, output, len(error.splitlines()), error[-1]) == (1, "", 1, "\n")
    assert error.startswith(reason)
    assert _names(tmp_path) == set()


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file/map.png", "File exists"),
        ("file/below/map.png", "Not a directory"),
        ("folder.png", "Is a directory"),
        (f"{'f' * 300}.png", "File name too long"),
    ],
)
def test_picture_to_where_no_file_can_be_says_so_in_one_line(
    target: str,
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("layers.printed.picture_bytes", lambda *_, **__: b"new")
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "folder.png").mkdir()

    assert main(["picture", str(tmp_path / target)]) == 1
    assert capsys.readouterr() == ("", f"cannot write to {tmp_path / target}: {reason}\n")
    assert (_names(tmp_path), _contents(tmp_path)) == ({"file", "folder.png"}, {"file": b"old"})


def test_picture_that_cannot_finish_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / "map.png"
    old.write_bytes(b"old")
    done = _layers("picture", old, "--size", "400x400", before=NO_FILES_OVER_1_KB)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"cannot write to {old}: File too large\n"
    assert _contents(tmp_path) == {"map.png": b"old"}


@pytest.mark.parametrize("option", ["--size", "--date", "--lang", "--layers"])
def test_help_of_picture_tells_what_may_be_chosen(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["picture", "--help"])
    assert re.search(rf"{option} \S+\s+\w", capsys.readouterr().out)
