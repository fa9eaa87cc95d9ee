"""Whether files that somebody sent can be kept, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from plnbot.kept_files import pictures
from plnbot.kept_files.store import used
from plnbot.store.database import Tx
from plnbot.talk.uploads import ENDINGS, FileKind, UploadedFile, size_words
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

KINDS: Final = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.TEXT)
LARGEST: Final = 5_000_000
MOST_OF_A_MEMBER: Final = 50_000_000
MOST_OF_A_NETWORK: Final = 5_000_000_000
_CALLED: Final = {ending: kind for kind in (*KINDS, FileKind.CALENDAR) for ending in ENDINGS[kind]}


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file as it will be kept: its name, what it is by its content, and its bytes."""

    name: str
    kind: FileKind
    content: bytes = field(repr=False)


def checked(
    tx: Tx, network: int, member: int, files: Sequence[UploadedFile]
) -> tuple[Fresh, ...] | Sentence:
    """Return files as they will be kept, or what is wrong with one, in words that say what to do."""
    fresh: list[Fresh] = []
    for each in files:
        found = _bare(each)
        if isinstance(found, Sentence):
            return found
        fresh.append(Fresh(each.name, each.kind, found))
    size = sum(len(each.content) for each in fresh)
    if size and used(tx, member=member) + size > MOST_OF_A_MEMBER:
        return msg(
            "That would be more than {size} of files, the most that one has here. Take some out first.",
            size=size_words(MOST_OF_A_MEMBER),
        )
    if size and used(tx, network=network) + size > MOST_OF_A_NETWORK:
        return msg("Your network's room for files is full. Ask an administrator.")
    return tuple(fresh)


def _bare(file: UploadedFile) -> bytes | Sentence:
    ending = "." + file.name.rpartition(".")[2].lower()
    if _CALLED.get(ending, file.kind) is not file.kind:
        return msg(
            "“{name}” is not what its name says. Save it anew from the program it was made with.",
            name=file.name,
        )
    if file.kind is not FileKind.IMAGE:
        return file.content
    try:
        return pictures.bare(file.content)[0]
    except pictures.NoPictureError:
        return msg("This picture cannot be read. Save it as PNG or JPEG, and send that.")
