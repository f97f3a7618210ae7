"""`python -m layers` as a reader of the terminal meets it: what it prints, where, and its exit code."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from layers import Atlas
from layers.__main__ import main
from layers.data.folders import ROOT
from layers.exports.archive import archive_bytes
from layers.exports.geojson import geojson_files
from layers.printed import picture_bytes, view
from layers.style.captions import LANGUAGES
from tests.layers.damage import (
    BOUNDARIES,
    CLAIMS,
    DATES,
    DESCRIPTOR,
    DRAWINGS,
    FACES,
    GAZETTEER,
    LAYERS,
    NOTICES,
    PLACES,
    QUOTES,
    SETTLEMENTS,
    TEXT,
    at,
    damage,
    path_of,
    problems_of,
    put,
    say,
)
from tests.layers.lookup import ids_of

NAME = "karabakh-2020"
STARTS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml ", "pdf": b"%PDF-"}
NO_FILES_OVER_1_KB = "ulimit -f 1 && exec"  # makes writing fail half-way, as a full disk would
BROKEN = {
    BOUNDARIES: b"\xff\xfe",
    DESCRIPTOR: b"[]",
    TEXT: b"",
    QUOTES: b"\0",
    CLAIMS: b"{}",
    DATES: b"[]",
    GAZETTEER: b"[",
    NOTICES: b"[]",
    DRAWINGS: b"[{}]",
    SETTLEMENTS: b"[1]",
}
WRONG: list[list[str]] = [
    *([], ["draw"], ["pictures", "out"], ["export"]),
    *(["export", "out", "--lang", "xx"], ["claims", "one-third"]),
    *(["claims", "--seed", "3"], ["claims", "--sensitivity", "--correlation", "20"]),
]
PLACES_THAT_CANNOT_BE = {
    "export file": "File exists",
    "export file/below": "Not a directory",
    f"export {'f' * 300}": "File name too long",
    "picture file/map.png": "File exists",
    "picture file/below/map.png": "Not a directory",
    "picture folder.png": "Is a directory",
    f"picture {'f' * 300}.png": "File name too long",
}
REFUSED = {
    "--layers places,roads map.png": "There is no layer “roads”; there are upper-karabakh, ",
    "--date 2020-11\n\x1b[2J map.png": "There is no date “2020-11  [2J”; there are ",
    "--lang xx map.png": "There is no form of names “xx”; there are article, az, hy, ru.",
    "--view 9/x map.png": "A view is zoom/latitude/longitude, such as 9/39.8/46.8: zoom 4 to 14",
    "--feature nowhere map.png": "There is no feature “nowhere”; python -m layers check lists those there",
    "--feature lachin-corridor --view 9/39.8/46.8 map.png": "A picture shows a view or a feature, not both.",
    "--small none map.png": "There is no small print “none”; there are short, full.",
    "--small full --size card map.png": "The full small print has no room on this size",
    "--compare 2020-09-26 --size card map.png": "The map has no room beside all that on this size",
    "--qr map.png": "A QR code needs the address of the view",
    "--qr --address notaurl map.png": "“notaurl” is not an address such as https://a.example/.",
    "--address ftp://a.example/ map.png": "“ftp://a.example/” is not an address such as https://",
    f"--size {'x' * 5000} map.png": f"There is no size “{'x' * 60}”; there are a4, ",
    "map.gif": "There is no format “gif”; there are png, svg, pdf.",
    "map": "There is no format “”; there are png, svg, pdf.",
    ".png": "There is no format “”; there are png, svg, pdf.",
}


def _with(data: Path) -> list[str]:
    return ["--geodata", str(data / "geodata"), "--seeds", str(data / "seeds")]


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.usefixtures("built")
def test_names_on_a_picture_follow_its_language(tmp_path: Path) -> None:
    main(["picture", str(tmp_path / "map.svg"), "--size", "800x600", "--ui", "ru"])
    assert "Степанакерт" in (tmp_path / "map.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("built")
def test_check_prints_every_layer_and_feature(atlas: Atlas, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check"])
    output, error = capsys.readouterr()
    rows = [line.split()[:2] for line in output.splitlines()[1:-1]]

    assert (status, error) == (0, "")
    assert rows == [[layer.id, feature] for layer in atlas.layers.values() for feature in ids_of(layer)]
    assert output.endswith(", no faults\n")


def test_command_on_broken_data_prints_each_fault_on_a_line_and_does_nothing_else(
    data_copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    damage(data_copy, FACES, at("zangilan", 45.9, 39))
    damage(data_copy, PLACES, say("castle", "goris", "kind"))
    damage(data_copy, QUOTES, put("a\nmisquoted\u2028line", "rump", "exact"))
    damage(data_copy, LAYERS, put("roads", "places", "id"))
    path_of(data_copy, TEXT).write_bytes(b"Nothing.")
    problems = problems_of(data_copy)
    told = "\n".join([*map(str, problems), f"{len(problems)} faults", ""])
    said = [
        (main([*_with(data_copy), *command.split()]), *capsys.readouterr())
        for command in ("check", "gazetteer", "export out")
    ]

    assert len(problems) > 4
    assert said == [(1, "", told)] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_check_of_broken_files_is_no_traceback(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, content in BROKEN.items():
        path_of(data_copy, file).write_bytes(content)
    status = main([*_with(data_copy), "check"])
    error = capsys.readouterr().err

    assert status == 1
    assert [file for file in BROKEN if f"{file}, " not in error] == []


def test_check_of_data_that_are_not_there_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for folder in ("nowhere", "file", "file/below"):
        assert main(["--geodata", str(tmp_path / folder), "check"]) == 1
        assert "boundaries.geojson, " in capsys.readouterr().err


@pytest.mark.usefixtures("built")
def test_claims_prints_each_claim_with_both_figures_and_the_verdict(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["claims"])
    output, error = capsys.readouterr()
    rows = [[text.strip() for text in line.split("  ") if text.strip()] for line in output.splitlines()]
    texts = [
        row
        for claim in atlas.claims
        for row in (
            (claim.id, claim.figure, claim.measured_text, claim.verdict_text, claim.tolerance),
            *(
                ("in another sense", each.measured_text, each.verdict_text, each.what)
                for each in claim.readings[1:]
            ),
        )
    ]

    assert (status, error) == (0, "")
    assert rows[0] == ["claim", "the article", "measured", "verdict", "agrees if"]
    assert [" ".join(row) for row in rows[1 : len(texts) + 2]] == [*map(" ".join, texts), ""]


@pytest.mark.usefixtures("built")
def test_export_writes_the_layers_in_a_form_of_names_and_prints_their_paths(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang in LANGUAGES:
        folder, files = tmp_path / lang, geojson_files(atlas, lang)

        assert main(["export", str(folder), "--lang", lang]) == 0
        assert capsys.readouterr().out.splitlines() == [str(folder / name) for name in files]
        assert _contents(folder) == files


@pytest.mark.usefixtures("built")
def test_export_of_everything_adds_the_archive_and_says_apart_that_it_takes_a_while(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a/b.txt": b"b", "datapackage.json": json.dumps({"name": NAME}).encode()}
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr("layers.__main__.drawn", lambda _, lang: {"drawn": lang})
    monkeypatch.setattr("layers.__main__.all_files", lambda _, **how: asked.append(how) or files)
    status = main(["export", str(tmp_path), "--all", "--full-article", "--lang", "hy"])
    output, error = capsys.readouterr()
    zipped = archive_bytes({f"{NAME}/{path}": content for path, content in files.items()})

    assert status == 0
    assert asked == [{"full_article": True, "lang": "hy", "pictures": {"drawn": "hy"}}]
    assert _contents(tmp_path) == {**files, f"{NAME}.zip": zipped, "a": None}
    assert output.splitlines() == [str(tmp_path / name) for name in (*files, f"{NAME}.zip")]
    assert len(error.splitlines()) == 1


@pytest.mark.usefixtures("built")
def test_picture_is_what_the_library_draws_in_the_format_of_its_name(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"layers": "places,upper-karabakh", "date": "2020-11-20", "lang": "ru"}
    options = [text for key, value in asked.items() for text in (f"--{key}", value)]
    for kind, start in STARTS.items():
        target = tmp_path / "new" / f"map.{kind}"
        status = main(["picture", str(target), "--size", "400x400", *options])

        assert (status, capsys.readouterr()) == (0, (f"{target}\n", ""))
        assert target.read_bytes().startswith(start)
    assert target.read_bytes() == picture_bytes(atlas, view(atlas, **asked), format=kind, size="400x400")


@pytest.mark.usefixtures("built")
def test_picture_of_what_there_is_not_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, reason in REFUSED.items():
        *options, file = arguments.split(" ")
        status = main(["picture", str(tmp_path / "new" / file), *options])
        output, error = capsys.readouterr()

        assert (status, output, len(error.splitlines()), error[-1]) == (1, "", 1, "\n")
        assert error.startswith(reason)
    assert _contents(tmp_path) == {}


@pytest.mark.usefixtures("built")
def test_writing_to_where_nothing_can_be_says_so_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.printed.picture_bytes", lambda *_, **__: b"new")
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder.png").mkdir()
    for arguments, reason in PLACES_THAT_CANNOT_BE.items():
        command, name = arguments.split()

        assert main([command, str(tmp_path / name)]) == 1
        assert capsys.readouterr() == ("", f"cannot write to {tmp_path / name}: {reason}\n")
    assert _contents(tmp_path) == {"file": b"old", "folder.png": None}


def test_a_limit_of_the_system_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "places.geojson").write_bytes(b"old")
    command = [sys.executable, "-B", "-W", "error", "-m", "layers", "export", str(tmp_path)]
    shell = ["sh", "-c", f'{NO_FILES_OVER_1_KB} "$@"', "sh", *command]
    done = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"cannot write to {tmp_path}: File too large\n"
    assert _contents(tmp_path) == {"places.geojson": b"old"}


def test_wrong_arguments_are_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in WRONG:
        with pytest.raises(SystemExit, match="2"):
            main(arguments)
        assert capsys.readouterr().err.startswith("usage: python -m layers"), arguments


def test_help_of_picture_tells_what_may_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["picture", "--help"])
    explained = re.findall(r"(--\w+) \S+\s+\w", capsys.readouterr().out.partition("options:")[2])

    said = "layers date compare lang view feature title small ui address size"

    assert explained == [f"--{option}" for option in said.split()]
