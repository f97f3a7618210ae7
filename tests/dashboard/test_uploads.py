"""Files sent to the server: only by a session whose page takes one, and only as many as one needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.dashboard.web import Answer, ask

XSRF, BOUNDARY = "_streamlit_xsrf", "a-boundary"
PART = 'Content-Disposition: form-data; name="f"; filename="f.json"\r\n\r\n{}'
BODY = f"--{BOUNDARY}\r\n{PART}\r\n--{BOUNDARY}--\r\n"


@contextmanager
def session(server: str) -> Iterator[tuple[ClientConnection, str]]:
    """Yield a connection to Streamlit whose first page has run, and the id of its session."""
    with connect(f"ws{server.removeprefix('http')}/_stcore/stream", max_size=None) as socket:
        yield socket, run_page(socket, "", "")


def run_page(socket: ClientConnection, page: str, query: str) -> str:
    """Have a page run to its end, and return the id of the session."""
    asked, identifier = BackMsg(), ""
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    socket.send(asked.SerializeToString())
    while True:
        told = ForwardMsg.FromString(bytes(socket.recv(timeout=120)))  # type: ignore[arg-type]
        identifier = told.new_session.initialize.session_id or identifier
        if told.WhichOneof("type") == "script_finished":
            return identifier


def send_file(server: str, identifier: str, name: str, cookie: str = "") -> Answer:
    """Send a file for a session."""
    headers = {"content_type": f"multipart/form-data; boundary={BOUNDARY}"}
    token = {"cookie": f"{XSRF}={cookie}", "X_Xsrftoken": cookie} if cookie else {}
    path = f"/_stcore/upload_file/{identifier}/{name}"
    return ask(server, path, method="PUT", body=BODY.encode(), **headers, **token)


def test_a_file_is_taken_only_where_a_page_takes_one_and_only_as_many_as_that_needs(server: str) -> None:
    (cookie,) = (
        each.partition("=")[2].partition(";")[0]
        for each in ask(server, "/_stcore/health").headers.get_all("Set-Cookie", [])
        if each.startswith(XSRF)
    )
    with session(server) as (socket, identifier):
        told = {"on the reader's page": send_file(server, identifier, "a", cookie)}
        run_page(socket, "compare-drawings", "drawing=own")
        told["of a stranger"] = send_file(server, identifier, "a")
        for name in ("first", "second", "third"):
            told[name] = send_file(server, identifier, name, cookie)
        run_page(socket, "tables", "")
        told["on another page"] = send_file(server, identifier, "a", cookie)
        run_page(socket, "compare-drawings", "drawing=own")
        told["again"] = send_file(server, identifier, "a", cookie)
    told["of no session"] = send_file(server, identifier, "a", cookie)
    assert {name: (answer.status, answer.text) for name, answer in told.items()} == {
        "on the reader's page": (404, "There is nothing at this address.\n"),
        "of a stranger": (403, "XSRF token missing or invalid"),
        "first": (204, ""),
        "second": (204, ""),
        "third": (503, "The server is busy; retry in a few seconds.\n"),
        "on another page": (404, "There is nothing at this address.\n"),
        "again": (204, ""),
        "of no session": (404, "There is nothing at this address.\n"),
    }
