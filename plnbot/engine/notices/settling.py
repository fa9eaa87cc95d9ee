"""What looks after a member's notices: sends what is due, and comes again when the next one is."""

from dataclasses import field
from datetime import datetime

from plnbot.engine import outbox, work
from plnbot.engine.notices import store
from plnbot.engine.notices.gate import DAY, WORK, decided, wishes_of, work_key
from plnbot.engine.notices.model import AtHome, Decision, InDay, Never, Notice, Send, Why
from plnbot.engine.notices.store import NoticeState, Waiting
from plnbot.engine.routes import Due, Routes
from plnbot.values import dataclass

MOST_AT_ONCE = 3
"""More than so many that come due together are one message."""
routes = Routes()


@dataclass(slots=True)
class _Settled:
    """What is to be done with a member's notices now, and when to look again."""

    send: list[Waiting] = field(default_factory=list)
    in_day: list[Waiting] = field(default_factory=list)
    now_or_never: list[Waiting] = field(default_factory=list)
    dropped: list[tuple[Waiting, str]] = field(default_factory=list)
    again: datetime | None = None

    def sort_in(
        self, each: Waiting, notice: Notice, decision: Decision | None, now: datetime
    ) -> None:
        """Note what becomes of one."""
        match decision:
            case None:
                self.dropped.append((each, "obsolete"))
            case Never(why=Why.MUTED) if notice.wanted.at > now:
                self._look_at(notice.wanted.at)  # until then they may want it again
            case Never(why=why):
                self.dropped.append((each, why.value))
            case AtHome():
                if notice.wanted.until is not None:
                    self._look_at(notice.wanted.until)
            case Send(at=at) | InDay(at=at) if at > now:
                self._look_at(at)
            case InDay():
                self.in_day.append(each)
            case Send():
                (self.now_or_never if notice.on_now else self.send).append(each)

    def _look_at(self, at: datetime) -> None:
        self.again = at if self.again is None else min(self.again, at)


@routes.when_due(WORK)
def settle(due: Due) -> None:
    """Send what is due of a member's notices, and plan the next look."""
    tx, now, member = due.tx, due.now, int(str(due.payload["person"]))
    waiting = store.waiting(tx, member)
    if not waiting:
        return
    person = due.directory.by_id(tx, member, waiting[0].platform)
    if person is None:
        store.end(tx, [each.id for each in waiting], NoticeState.DROPPED, now, "nobody is there")
        return
    settled = _Settled()
    wishes = wishes_of(tx, due.directory, person, due.catalogue.asks_first)
    for each, notice, decision in decided(tx, due.catalogue.notices, wishes, waiting, now):
        settled.sort_in(each, notice, decision, now)
    _carry_out(due, settled)
    tx.announce(f"member:{member}")
    if settled.again is not None:
        work.put(tx, WORK, work_key(member), settled.again, {"person": member})


def _carry_out(due: Due, settled: _Settled) -> None:
    tx, now = due.tx, due.now
    together = list(settled.in_day)
    if len(settled.send) > MOST_AT_ONCE:
        together += settled.send
    else:
        settled.now_or_never += settled.send
    for each in settled.now_or_never:
        _send(due, each, each.card, each.args, each.key)
        store.end(tx, [each.id], NoticeState.SENT, now)
    if together:
        first = together[0]
        key = f"notices/{first.member}/{now.timestamp()}"
        store.end(tx, [each.id for each in together], NoticeState.IN_DAY, now, key)
        _send(due, first, DAY, {"person": first.member, "message": key}, key)
    for each, why in settled.dropped:
        store.end(tx, [each.id], NoticeState.DROPPED, now, why)


def _send(due: Due, to: Waiting, card: str, args: outbox.Args, key: str) -> None:
    person = due.directory.by_id(due.tx, to.member, to.platform)
    if person is not None:
        outbox.write_to(due.tx, person.network.id, person.ref, card, args, key=key, at=due.now)
