"""The work queue: durable rows that say what is to be done later, or outside.

What a row may become, and who may make it so:

    due        add, put       planned; to be run at `run_at`, which is `due_at` at first
    leased     lease          somebody is at it until `lease_until`
    done       finish         it happened
    due again  again          it did not, for now; `run_at` says when it is tried next
    refused    finish         it never will; `reason` says why, for people to read
    parked     finish, admin  somebody has to look
    cancelled  cancel         nobody wants it any more
    (no row)   forget         it was planned too early, and may be planned once more

**A key is one row.** `add` leaves a key alone that was ever used; `put` plans it anew whatever
became of it. So to plan twice is to plan once, and a unit of work that runs again harms nothing.

**A lease is a fence.** Whoever takes, replaces, cancels or takes over a row makes its `fence` one
greater. To finish an item, renew its lease or plan its next try is to say which fence one holds, in
the same transaction as what the work itself writes: where the row has another by then, all of that
is as if it had never been. A leased row's `run_at` is the end of its lease, so one index finds the
due and the abandoned, and an abandoned row is simply due again.

**A lane is a queue.** Rows of one lane run one after another, in the order they were due; one that
arrives late waits for what runs already. What is more urgent goes first, as soon as it may begin; what
waits for another try keeps its place among its like, and holds up nothing more urgent. A lane falls to one of `SHARDS`, which processes share.

**What a crash leaves** is a leased row: its lease runs out (or is taken over, by a process that
knows the other is gone) and it is done from its beginning. What had been committed with the lease
stands, and its row is no longer leased. What went out before it was written down is marked `unsure`,
which is noted before it goes out.
"""

from plnbot.engine.work.beginning import next_at
from plnbot.engine.work.finishing import (
    again,
    backlog,
    finish,
    finish_all,
    forget_finished,
    give_back,
)
from plnbot.engine.work.leasing import (
    about_to_send,
    busy_shards,
    lease,
    note_progress,
    ours,
    renew,
    take_over,
    taken_before,
)
from plnbot.engine.work.planning import (
    Progress,
    add,
    add_all,
    at_once,
    begun,
    cancel,
    forget,
    payloads,
    planned_for,
    progress,
    put,
    waiting,
)
from plnbot.engine.work.rows import (
    LEASE,
    PENDING,
    SHARDS,
    WAKE,
    Item,
    Payload,
    Urgency,
    WorkState,
    platform_of,
    shard_of,
)

__all__ = [
    "LEASE",
    "PENDING",
    "SHARDS",
    "WAKE",
    "Item",
    "Payload",
    "Progress",
    "Urgency",
    "WorkState",
    "about_to_send",
    "add",
    "add_all",
    "again",
    "at_once",
    "backlog",
    "begun",
    "busy_shards",
    "cancel",
    "finish",
    "finish_all",
    "forget",
    "forget_finished",
    "give_back",
    "lease",
    "next_at",
    "note_progress",
    "ours",
    "payloads",
    "planned_for",
    "platform_of",
    "progress",
    "put",
    "renew",
    "shard_of",
    "take_over",
    "taken_before",
    "waiting",
]
