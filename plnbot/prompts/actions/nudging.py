"""The one nudge: to who asked for it and has not answered, never in quiet hours, on leave or in a break."""

from datetime import datetime

from plnbot.calendars import out_of_school
from plnbot.engine import notices, outbox
from plnbot.engine.notices import How, NoticeKind, Telling, Wanted
from plnbot.engine.ports import Directory
from plnbot.prompts import store
from plnbot.prompts.actions.answering import has_answered
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.walltime import local

NUDGED = "prompts.nudged"


def nudge(tx: Tx, number: int, room_id: int, now: datetime, directory: Directory) -> None:
    """Remind those of a room who asked for it and have not answered an occurrence, once each."""
    room, closing = store.get_room(tx, room_id), store.closing_of(tx, number)
    if room is None or closing is None or closing.at <= now:
        return
    here = directory.in_workspace(tx, room.place.platform, room.place.workspace)
    wishing = notices.who_set(tx, [each.id for each in here], KIND.name)
    wanted = [each for each in here if wishing.get(each.id, KIND.usually) is not How.NEVER]
    out = out_of_school(tx, room.network, local(now, room.zone).date()) if wanted else frozenset()
    lies_in = directory.lies_in(tx, [each.id for each in wanted]) if room.district else {}
    for each in wanted:
        elsewhere = room.district and f"district:{room.district}" not in lies_in.get(each.id, ())
        if each.id in out or elsewhere or has_answered(tx, number, each.id):
            continue
        args: outbox.Args = {"occurrence": number, "room": room.id}
        key = f"prompt/{number}/nudged/{each.id}"
        until = Wanted(now, until=closing.at)
        notices.tell(tx, each, Telling(KIND, NUDGED, args, key, until, asked=True), now)


def _while_unanswered(tx: Tx, member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    return None if has_answered(tx, int(args["occurrence"]), member) else was


KIND = NoticeKind(
    name="prompts.nudged",
    title=msg("Prompts that you have not answered"),
    about=msg("Once, a few hours after a prompt that you have neither answered nor passed"),
    may_be_muted=True,
    usually=How.NEVER,
    wanted=_while_unanswered,
)
