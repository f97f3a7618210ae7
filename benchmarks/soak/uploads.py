"""Files sent by one reader: to a page that takes none, and too many to the page that takes one."""

import asyncio
import time
import uuid
from functools import partial

import requests

from benchmarks.process import rss_mb
from benchmarks.soak.limits import Measured, Sizes
from benchmarks.soak.session import Session, session
from tests.browser.harness import Server

_EDGE = b"soak"
_FALLEN_MB = 3  # less than a file: then the session has been let go of


async def uploads(server: Server, sizes: Sizes) -> Measured:
    """Send files to the session of a page that takes none."""
    async with session(server.address) as one:
        await one.run()
        before = rss_mb(server.process.pid)
        each = (sizes["large"], *[sizes["megabytes"]] * sizes["files"])
        taken = [await _put(server.address, one, megabytes) for megabytes in each]
        after = rss_mb(server.process.pid)
    return {"files taken": sum(taken), "memory": after - before}


async def own_drawings(server: Server, sizes: Sizes) -> Measured:
    """Send many files to the session of a page that takes one, and leave."""
    async with session(server.address) as one:
        await one.run(page="compare-drawings", query="drawing=own")
        before = rss_mb(server.process.pid)
        taken = [await _put(server.address, one, sizes["megabytes"]) for _ in range(sizes["files"])]
        opened = rss_mb(server.process.pid)
    gone, end = opened, time.perf_counter() + sizes["seconds"]
    while gone > opened - _FALLEN_MB and time.perf_counter() < end:
        await asyncio.sleep(0.2)
        gone = rss_mb(server.process.pid)
    return {
        "first file taken": taken[0],
        "memory while open": opened - before,
        "memory when gone": gone - before,
    }


async def _put(address: str, one: Session, megabytes: int) -> bool:
    """Send a file as Streamlit's page does; tell whether it was taken."""
    told = await asyncio.to_thread(requests.get, f"{address}/_stcore/health", timeout=30)
    token = told.cookies.get_dict()["_streamlit_xsrf"] or ""
    headers = {
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
        "Content-Type": f"multipart/form-data; boundary={_EDGE.decode()}",
    }
    url = f"{address}/_stcore/upload_file/{one.session_id}/{uuid.uuid4()}"
    send = partial(requests.put, url, data=_form(megabytes), headers=headers, timeout=60)
    try:
        answer = await asyncio.to_thread(send)
    except requests.RequestException:  # the server hung up before it had all of it
        return False
    return answer.ok


def _form(megabytes: int) -> bytes:
    """Return a form with one file of just under so many megabytes."""
    head = b'Content-Disposition: form-data; name="file"; filename="own.geojson"\r\n\r\n'
    return b"--%b\r\n%b%b\r\n--%b--\r\n" % (_EDGE, head, b" " * (megabytes * 1_000_000 - 1000), _EDGE)
