"""Kept files: what members add to something of theirs, such as an exemplar of their practice or a lesson.

**Checked first.** `checked` takes files as a form brought them. One whose name says something else than its
content is refused, and so is what does not fit the room that its member and its network have here. Of
a picture the picture alone is kept: nothing of where and with what it was taken.

**Kept once.** A content is kept once, however often it is added, and goes with the last file that names it.
All of it is in the database: backups have it, on both databases, and an erasure reaches it.

**Whose.** A file belongs to who added it, and to a row of a capability, its tenant. The tenant says who may
have it, and serves it; this room shows nothing to anybody.
"""

from plnbot.kept_files.checking import KINDS, LARGEST, MOST_OF_A_MEMBER, Fresh, checked
from plnbot.kept_files.store import (
    KeptFile,
    add,
    content_of,
    get,
    media_type,
    of_rows,
    remove,
    remove_rows,
    used,
)

__all__ = [
    "KINDS",
    "LARGEST",
    "MOST_OF_A_MEMBER",
    "Fresh",
    "KeptFile",
    "add",
    "checked",
    "content_of",
    "get",
    "media_type",
    "of_rows",
    "remove",
    "remove_rows",
    "used",
]
