"""What a network's calendar shows of its EdCamps, and what members can come to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from plnbot.edcamps.model import ENDED, NOT_ENDED, Board, Phase
from plnbot.edcamps.store import boards
from plnbot.engine.offers import OnOffer
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.happenings import Happening
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

_MOST = 200


def happenings(tx: Tx, network: int) -> Iterator[Happening]:
    """Yield the days of a network's EdCamps, those that are over too."""
    for board in (*_to_come(tx, network), *boards.of_network(tx, network, ENDED, most=_MOST)):
        yield Happening(
            board.scope,
            verbatim(board.title),
            verbatim(board.about),
            board.starts_at,
            board.ends_at,
            off=board.phase is Phase.CALLED_OFF,
            held_in=_held_in(board),
        )


def on_offer(tx: Tx, network: int, now: datetime) -> list[OnOffer]:
    """Return the EdCamps that members can still come to, the soonest first."""
    return [
        OnOffer(
            "edcamp",
            msg("EdCamp"),
            each.title,
            f"edcamp/{each.id}",
            each.starts_at,
            (each.ends_at - each.starts_at) // timedelta(minutes=1),
            held_in=_held_in(each),
        )
        for each in sorted(_to_come(tx, network), key=lambda each: each.starts_at)
        if each.ends_at > now
    ]


def _to_come(tx: Tx, network: int) -> tuple[Board, ...]:
    """Return the boards that are not over, however many were laid since."""
    return boards.of_network(tx, network, NOT_ENDED, most=_MOST)


def _held_in(board: Board) -> Place | None:
    return None if board.public else board.place
