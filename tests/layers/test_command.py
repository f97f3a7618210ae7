"""`python -m layers` as a reader of the terminal meets it: what it prints, where, and its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from layers import Atlas
from layers.__main__ import main
from layers.atlas import GEODATA, ROOT
from layers.captions import LANGUAGES
from layers.exports.geojson import geojson_bytes
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
