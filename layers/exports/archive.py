"""Many files in one: a zip that is the same, byte for byte, whenever it is made."""

import io
import zipfile
from collections.abc import Mapping

MEDIA_TYPE = "application/zip"
# A zip member needs a date; the oldest one that the format can say keeps archives the same from run to run.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # on whatever system it is made
_READABLE = 0o100644  # a plain file that all may read: without it, unzip makes files that nobody may


def archive_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name; the same input gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.create_system = _UNIX
            member.external_attr = _READABLE << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
