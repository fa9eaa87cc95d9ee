"""What is done with rounds, and a round as gathering sees it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from plnbot.engine import outbox, work
from plnbot.engine.ports import Network, Ongoing, Person
from plnbot.engine.refusals import Refusal
from plnbot.gathering import Read
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.values import dataclass

from . import model, store
from .store import Round

ASK, ROUND = "wins.ask", "wins.round"
_LISTENS = timedelta(days=7)


def ask(tx: Tx, network: Network, place: Place, now: datetime) -> Round:
    """Ask a room what went well, and plan to do so again in a week."""
    asked = store.add(tx, network.id, place, now)
    args: outbox.Args = {"round": asked.id}
    outbox.Posting(tx, network.id, place, now).post(ROUND, args, key=_post(asked.id))
    at = model.next_round(now, network.zone)
    work.put(tx, ASK, _next(place), at, {"round": asked.id}, network=network.id)
    return asked


def stop(tx: Tx, asked: Round, now: datetime) -> None:
    """Ask this room no more."""
    work.cancel(tx, _next(asked.place), now)


def not_posted(tx: Tx, payload: work.Payload, _reason: str, now: datetime) -> None:
    """Ask a room no more that does not let us."""
    args = payload["args"]
    asked = store.get(tx, int(args["round"])) if isinstance(args, dict) else None
    if asked is not None:
        stop(tx, asked, now)


def still_wanted(tx: Tx, refused: Sequence[Refusal], now: datetime) -> Sequence[str]:
    """Return the latest round of each room, while it is no older than a week."""
    rounds = (store.get(tx, int(each.args["round"])) for each in refused)
    newest = {each.place: each for each in rounds if each and now - each.asked_at < _LISTENS}
    return [_post(each.id) for each in newest.values()]


def rooms(tx: Tx, platform: str) -> Sequence[Place]:
    """Return the rooms that are asked."""
    return [each.place for each in store.latest(tx, platform)]


def ongoing(tx: Tx, platform: str, _since: datetime | None) -> Sequence[Ongoing]:
    """Return the threads below the latest rounds, and since when words count there."""
    found = ((each, outbox.by_key(tx, _post(each.id))) for each in store.latest(tx, platform))
    return [
        Ongoing(each.place.in_thread(post.ref), each.asked_at)
        for each, post in found
        if post is not None
    ]


@dataclass(frozen=True)
class RoundTalk:
    """The `Subject` of a round: each person counts once."""

    kind: ClassVar[str] = "wins"
    once: ClassVar[bool] = True
    tx: Tx
    now: datetime
    asked: Round

    @property
    def whole(self) -> int:
        """The round's row, which is also what answers are under."""
        return self.asked.id

    @property
    def network(self) -> int:
        """Whose round it is."""
        return self.asked.network

    def read(self, words: str, *, meant: bool) -> Read:
        """Return that all words below a round answer it."""
        del meant
        return Read({self.asked.id: words})

    def late(self, under: int) -> bool:
        """Return whether it is more than a week ago."""
        del under
        return self.now - self.asked.asked_at > _LISTENS

    def prepared(self, under: int) -> bool:
        """Return that a round is open from its beginning."""
        del under
        return False

    def answered(self, person: Person, new: Collection[int]) -> None:
        """Do nothing more."""

    def changed(self, unders: Collection[int], altered: Collection[int]) -> None:
        """Have the card count anew."""
        del altered
        for each in unders:
            outbox.refresh(self.tx, _post(each), self.now)


def _post(number: int) -> str:
    return f"wins/round/{number}"


def _next(place: Place) -> str:
    return f"wins/{place.platform}/{place.workspace}/{place.channel}"
