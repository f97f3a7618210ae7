"""Streamlit's own files as we send them: compressed once, and a page that opens no dialog of its own."""

import gzip
import json
import re
from pathlib import Path

import streamlit
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from dashboard.streamlit_files import StreamlitFiles
from tests.dashboard.web import ask, ask_app, run

KEPT_BY_STREAMLIT = ("Content-Type", "Cache-Control", "Last-Modified")


def script(server: str) -> str:
    """Return the address of Streamlit's own script."""
    (name,) = re.findall(r'<script type="module"[^>]*src="\./(static/[^"]*)"', ask(server, "/").text)
    return f"/{name}"


def test_a_script_is_sent_compressed_to_whoever_accepts_that_and_found_again(server: str) -> None:
    path = script(server)
    plain, packed = ask(server, path), ask(server, path, accept_encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert packed.header("Content-Encoding") == "gzip"
    assert packed.headers.get_all("Vary") == ["Accept-Encoding"]
    assert [packed.header(name) for name in KEPT_BY_STREAMLIT] == [plain.header(n) for n in KEPT_BY_STREAMLIT]
    again = ask(server, path, accept_encoding="gzip", if_none_match=packed.header("ETag"))
    assert (again.status, again.body) == (304, b"")
    part = ask(server, path, accept_encoding="gzip", range="bytes=0-9")
    assert (part.status, part.body) == (206, plain.body[:10])


def test_a_font_is_not_compressed_again(server: str) -> None:
    font = next((Path(streamlit.__file__).parent / "static" / "static" / "media").glob("*.woff2"))
    sent = ask(server, f"/static/media/{font.name}", accept_encoding="gzip")
    assert (sent.header("Content-Encoding"), sent.body) == ("", font.read_bytes())


def test_streamlits_page_opens_no_dialog_over_the_map(server: str) -> None:
    answer = ask(server, "/_stcore/host-config")
    told = json.loads(answer.text)
    assert told["blockErrorDialogs"] is True
    assert {"allowedOrigins", "useExternalAuthToken"} <= set(told)


def test_a_reader_who_goes_away_leaves_no_half_of_a_file_to_the_others(tmp_path: Path) -> None:
    file = tmp_path / "whole.js"
    file.write_text("export const whole = true;\n" * 20_000)

    async def streamlit_as_it_sends(scope: Scope, receive: Receive, send: Send) -> None:
        await FileResponse(file)(scope, receive, send)

    async def gone(*_: object) -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def unheard(_: object) -> None:
        pass

    app, headers = StreamlitFiles(streamlit_as_it_sends), [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": "/static/js/whole.js", "headers": headers}
    run(app({**scope, "query_string": b"", "root_path": ""}, gone, unheard))  # type: ignore[arg-type]
    sent = ask_app(app, "/static/js/whole.js", accept_encoding="gzip")
    assert gzip.decompress(sent.body) == file.read_bytes()
