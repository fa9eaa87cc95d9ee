"""What is due is asked: in each room once, late and dated after an outage, or not at all."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta

from plnbot.engine import outbox, work
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Directory, Network
from plnbot.engine.work import Urgency
from plnbot.prompts import store
from plnbot.prompts.actions.after import plan_after
from plnbot.prompts.actions.ahead import (
    HEAD_START,
    note_missed,
    plan_ahead,
    time_in,
    turn_at,
    wake_at,
)
from plnbot.prompts.actions.drawing import bank_for, draw_for
from plnbot.prompts.actions.keys import post_key
from plnbot.prompts.actions.school import is_out
from plnbot.prompts.actions.stocking import note_stock, plan_review
from plnbot.prompts.model import (
    OPEN_STATUSES,
    Occurrence,
    Prompt,
    PromptRoom,
    PromptSchedule,
    Slot,
    State,
    Turn,
    settle,
)
from plnbot.prompts.model.bank import choose
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words
from plnbot.values import dataclass

ASKED = "prompts.asked"
AHEAD_LATER = "prompts.ahead"
CAPABILITY = "prompts"
_LONGEST_THREAD = 90
A_LITTLE = HEAD_START + timedelta(minutes=1)
"""How long after rooms were handed a prompt the next is planned: when it stands, and nothing waits."""
MOST_ROOMS = 50
"""How many rooms are asked in one transaction."""


def tick(tx: Tx, number: int, now: datetime, directory: Directory) -> None:
    """Hand what a schedule has for now to its rooms, in so many that others get their turn.

    What is meant for a moment within `HEAD_START` is posted at that moment. Where more rooms wait, it is woken again at once. What comes is planned a little later: a thousand
    schedules may be due in the same moment.
    """
    asks = store.locked_schedule(tx, number)
    if asks is None or asks.ended_at is not None:
        return
    turns = _turns(tx, asks, now)
    if all(each.occurrence.due <= now for _, each in turns):  # as after a long outage
        note_missed(tx, asks, now)
        turns = _turns(tx, asks, now)
    here: dict[int, list[Turn]] = {}
    soon = now + HEAD_START
    for at, each in turns:
        if at <= soon:
            here.setdefault(each.room.id, []).append(each)
    asking, settled = _Asking(tx, asks, now, directory), list(here.values())[:MOST_ROOMS]
    for mine in settled:
        _conclude_refused(tx, mine[0].room)
        asking.settle(mine)
    if not asking.all_asked:
        _conclude(tx, asks, now)
    done = {(each.occurrence.id, each.room.id) for mine in settled for each in mine}
    left = [at for at, each in turns if (each.occurrence.id, each.room.id) not in done]
    if max(left, default=now) <= soon:  # nothing else is planned that would wake it
        plan_ahead(tx, asks, now)
        note_stock(tx, asks, now, directory)
        return
    wake_at(tx, asks, left, now)
    later, key = now + A_LITTLE, f"prompt/ahead/{asks.id}"
    work.put(tx, AHEAD_LATER, key, later, {"schedule": asks.id}, network=asks.network)


def look_ahead(tx: Tx, number: int, now: datetime, directory: Directory) -> None:
    """Plan what comes, after something was asked, and look whether the bank runs low."""
    asks = store.locked_schedule(tx, number)
    if asks is not None and asks.ended_at is None:
        plan_ahead(tx, asks, now)
        note_stock(tx, asks, now, directory)


def _turns(tx: Tx, asks: PromptSchedule, now: datetime) -> Sequence[tuple[datetime, Turn]]:
    turns = store.open_turns(tx, asks.id, now)
    return [(at, each) for each in turns if (at := turn_at(asks, each)) is not None]


def hand_over(tx: Tx, asks: PromptSchedule, turn: Turn, locale: str, now: datetime) -> bool:
    """Have an occurrence asked in a room, once ever; return whether there was anything to ask."""
    prompt = _prompt_for(tx, asks, turn.occurrence, now)
    if prompt is not None:
        _post(tx, asks, turn, prompt.said(locale), now)
    return prompt is not None


@dataclass(slots=True)
class _Asking:
    """One look at a schedule; what all of its rooms have in common is asked of the store once."""

    tx: Tx
    asks: PromptSchedule
    now: datetime
    directory: Directory
    all_asked: bool = True
    _prompts: dict[int, Prompt | None] = field(default_factory=dict)
    _networks: dict[tuple[str, str], Network | None] = field(default_factory=dict)

    def settle(self, mine: Sequence[Turn]) -> None:
        """Ask in one room what is due there, or note why not."""
        room, network = mine[0].room, self._network(mine[0].room)
        turns = {each.occurrence.id: each for each in mine}
        times = {number: self._at(each) for number, each in turns.items()}
        slots = [Slot(number, at) for number, at in times.items()]
        settled = settle(slots, self.asks.stale_after, self.now + HEAD_START)
        for number in settled.ask:
            out = network is None or is_out(self.tx, self.asks, room, times[number])
            prompt = None if out else self._prompt(turns[number].occurrence, times[number])
            if prompt is None or network is None:
                self._not_asked(number, room, State.SKIPPED)
            else:
                at = max(self.now, times[number])
                _post(self.tx, self.asks, turns[number], prompt.said(network.locale), at)
        for number in settled.stale:
            self._not_asked(number, room, State.STALE)

    def _at(self, turn: Turn) -> datetime:
        return time_in(self.asks, turn.room, turn.occurrence.at)

    def _not_asked(self, number: int, room: PromptRoom, why: State) -> None:
        self.all_asked = False
        store.note_asked(self.tx, number, room.id, why, self.now)

    def _prompt(self, occurrence: Occurrence, at: datetime) -> Prompt | None:
        if occurrence.id not in self._prompts:
            found = _prompt_for(self.tx, self.asks, occurrence, max(self.now, at))
            self._prompts[occurrence.id] = found
        return self._prompts[occurrence.id]

    def _network(self, room: PromptRoom) -> Network | None:
        """Return the network of a room, while it is the schedule's and has prompts switched on."""
        where = (room.place.platform, room.place.workspace)
        if where not in self._networks:
            self._networks[where] = self.directory.network_of(self.tx, room.place)
        network = self._networks[where]
        theirs = network is not None and network.id == room.network
        return network if network and theirs and CAPABILITY not in network.off else None


def _post(tx: Tx, asks: PromptSchedule, turn: Turn, words: str, at: datetime) -> None:
    number, room = turn.occurrence.id, turn.room
    if not store.note_asked(tx, number, room.id, State.POSTED, at):
        return
    args: outbox.Args = {
        "occurrence": number,
        "room": room.id,
        outbox.THREAD: short_words(" ".join(words.split()), _LONGEST_THREAD),
    }
    posting = Posting(tx, room.network, room.place, at, Urgency.TIMED)
    posting.post(ASKED, args, key=post_key(number, room.id))
    plan_after(tx, asks, turn, at)


def _prompt_for(
    tx: Tx, asks: PromptSchedule, occurrence: Occurrence, now: datetime
) -> Prompt | None:
    """Return what an occurrence asks: as planned, or another where that may not be asked by now.

    Notes that it is asked, unless another of its rooms was before.
    """
    prompt = store.get_prompt(tx, occurrence.prompt) if occurrence.prompt is not None else None
    if occurrence.state is State.POSTED:
        return prompt
    if prompt is None or prompt.status not in OPEN_STATUSES:
        ahead = {each.prompt for each in store.occurrences_of(tx, asks.id)}
        taken = [each for each in ahead if each is not None]
        bank = bank_for(tx, asks)
        prompt = choose(bank, taken, draw_for(tx, asks, bank, occurrence.at, now))
    if prompt is not None:
        asked = {"state": State.POSTED.value, "asked_at": now, "prompt_id": prompt.id}
        store.change_occurrence(tx, occurrence.id, **asked)
        store.count_use(tx, prompt.id, now)
        plan_review(tx, occurrence, now)
    return prompt


def _conclude(tx: Tx, asks: PromptSchedule, now: datetime) -> None:
    """Note of what was asked nowhere that it will not be: no room has its turn to come."""
    turns = store.open_turns(tx, asks.id, now)
    waited_for = {each.occurrence.id for each in turns if turn_at(asks, each) is not None}
    for each in store.occurrences_of(tx, asks.id):
        if each.at <= now + HEAD_START and each.id not in waited_for:
            became = store.asked_in(tx, each.id).values()
            state = State.STALE if State.STALE in became else State.SKIPPED
            store.change_occurrence(tx, each.id, state=state.value, prompt_id=None)


def _conclude_refused(tx: Tx, room: PromptRoom) -> None:
    """Give the prompt back to the bank that a room never took, now that the next is due."""
    latest = store.latest_in(tx, room.id) if room.refused_at is not None else None
    if latest is None or _may_stand(tx, post_key(latest.id, room.id)):
        return
    store.change_asked(tx, latest.id, room.id, State.REFUSED)
    if State.POSTED not in store.asked_in(tx, latest.id).values():
        store.change_occurrence(tx, latest.id, state=State.REFUSED.value)
        if latest.prompt is not None:
            store.count_use(tx, latest.prompt, latest.asked_at, more=-1)


def _may_stand(tx: Tx, key: str) -> bool:
    return bool(outbox.standing(tx, [key])) or bool(work.waiting(tx, [key]))
