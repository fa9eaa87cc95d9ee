"""What kept files hold of a member: all of it is theirs."""

import base64

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.kept_files import store
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _files(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "name": each.name,
            "of": f"{each.tenant}:{each.row}",
            "at": each.at.isoformat(),
            "content_base64": base64.b64encode(store.content_of(tx, each)).decode(),
        }
        for each in store.of_member(tx, whose.id)
    ]


def _forget(tx: Tx, erasure: Erasure) -> None:
    store.remove(tx, store.of_member(tx, erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "files",
            ("file", "file_content"),
            msg("Files that you added to your portfolio and your lessons"),
            msg("until you take them out"),
            _files,
            _forget,
        ),
    )
)
