"""Pictures lose what was written into them and stay pictures."""

import struct
import zlib

import pytest

from plnbot.kept_files.pictures import NoPictureError, bare
from plnbot.openbadges.picture import baked, drawn

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04JF\xff\xe1\x00\x0cExif Sam!!\xff\xfe\x00\x05Sam"
    b"\xff\xdb\x00\x04qq\xff\xda\x00\x04ss\x12\x34\xff\xd9behind: Sam"
)


def test_names_go_and_the_picture_stays() -> None:
    """Of a PNG and a JPEG alike; what stands behind the picture goes too."""
    plain = drawn("x", "y")
    told = baked(plain, "by Sam Okafor") + b"Sam"
    found, ending = bare(told)
    assert ending == "png"
    assert b"Sam" not in found
    assert b"Description" not in found
    assert b"IDAT" in found
    assert bare(found)[0] == found
    found, ending = bare(JPEG)
    assert ending == "jpg"
    assert b"Sam" not in found
    assert (
        found == b"\xff\xd8\xff\xe0\x00\x04JF\xff\xdb\x00\x04qq\xff\xda\x00\x04ss\x12\x34\xff\xd9"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        drawn("x", "y")[:-9],
        drawn("x", "y").replace(b"IDAT", b"IDAX"),
        JPEG[:9],
        b"\xff\xd8x",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"IHDR" + zlib.compress(b"x"),
    ],
)
def test_what_is_no_picture(content: bytes) -> None:
    """It is said so."""
    with pytest.raises(NoPictureError):
        bare(content)
