"""What gathering keeps, and its named queries.

`tables` declares; `answers` writes and finds them, `reading` is what everybody may read of them,
`leaving_out` who keeps out, `order` what was told of a message last.
"""

from plnbot.gathering.store.answers import (
    Answer,
    answered_before,
    drop,
    drop_under,
    empty,
    everything_by,
    from_message,
    from_messages,
    get,
    hide,
    how_many,
    many_by_member,
    of_whole,
    ones_own,
    open_up,
    put,
    rename,
    said_under,
    without_name,
)
from plnbot.gathering.store.leaving_out import is_left_out, leave_out
from plnbot.gathering.store.order import claim, forget, gone
from plnbot.gathering.store.reading import (
    authors_of,
    hidden,
    latest,
    many_before,
    many_left_out,
    shown_counts,
    with_address,
)

__all__ = [
    "Answer",
    "answered_before",
    "authors_of",
    "claim",
    "drop",
    "drop_under",
    "empty",
    "everything_by",
    "forget",
    "from_message",
    "from_messages",
    "get",
    "gone",
    "hidden",
    "hide",
    "how_many",
    "is_left_out",
    "latest",
    "leave_out",
    "many_before",
    "many_by_member",
    "many_left_out",
    "of_whole",
    "ones_own",
    "open_up",
    "put",
    "rename",
    "said_under",
    "shown_counts",
    "with_address",
    "without_name",
]
