"""What EdCamps keep of a member: boards they laid, cards they asked for or lead, votes, bad times, grids."""

from sqlalchemy import delete, select

from plnbot.edcamps import personal_day
from plnbot.edcamps.store import cards
from plnbot.edcamps.store.grid_tables import step
from plnbot.edcamps.store.tables import bad_time, board, card, host, slot, vote
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _boards(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(board).where(board.c.created_by == whose.id).order_by(board.c.id))
    return [{"title": row.title, "at": row.created_at.isoformat()} for row in rows]


def _keep_boards(_tx: Tx, _erasure: Erasure) -> None:
    """Leave them: a board is the network's, and who laid it is a number by now."""


def _cards(tx: Tx, whose: Whose) -> Exported:
    asked = {each.id: (words, at) for each, words, at in cards.own_words(tx, whose.id)}
    led = set(tx.execute(select(host.c.card_id).where(host.c.member_id == whose.id)).scalars())
    return [
        {
            "card": each.words,
            "about": each.about,
            "kind": each.kind.value,
            "state": each.state.value,
            "in_own_words": asked[each.id][0] if each.id in asked else None,
            "asked_at": asked[each.id][1].isoformat() if each.id in asked else None,
            "leads": each.id in led,
        }
        for each in cards.of_member(tx, whose.id)
    ]


def _erase_cards(tx: Tx, erasure: Erasure) -> None:
    """Take their name from cards; what nobody else asks for or leads goes with it."""
    for each in cards.of_member(tx, erasure.whose.id):
        cards.leave(tx, each.id, erasure.whose.id)
        tx.announce(f"edcamp:{each.board}")


def _votes(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(card.c.words, vote.c.vote, vote.c.at)
        .join(vote, vote.c.card_id == card.c.id)
        .where(vote.c.member_id == whose.id)
    )
    return [{"card": row.words, "vote": row.vote, "at": row.at.isoformat()} for row in rows]


def _erase_votes(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(vote).where(vote.c.member_id == erasure.whose.id))


def _bad_times(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(board.c.title, slot.c.starts_at)
        .join(slot, slot.c.board_id == board.c.id)
        .join(bad_time, bad_time.c.slot_id == slot.c.id)
        .where(bad_time.c.member_id == whose.id)
    )
    return [{"edcamp": row.title, "cannot_lead_at": row.starts_at.isoformat()} for row in rows]


def _erase_bad_times(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(bad_time).where(bad_time.c.member_id == erasure.whose.id))


def _grids(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(board.c.title, step.c.at)
        .join(step, step.c.board_id == board.c.id)
        .where(step.c.by_id == whose.id)
        .order_by(step.c.id)
    )
    return [{"edcamp": row.title, "arranged_at": row.at.isoformat()} for row in rows]


def _keep_grids(_tx: Tx, _erasure: Erasure) -> None:
    """Leave them: a grid is the board's, and who arranged it is a number by now."""


PERSONAL = Personal(
    (
        Holding(
            "edcamps",
            ("edcamp_board",),
            msg("The EdCamps whose boards you laid"),
            msg("as long as the network exists"),
            _boards,
            _keep_boards,
            msg("The boards you laid stay the network's, without your name."),
        ),
        Holding(
            "edcamp_cards",
            ("edcamp_card", "edcamp_author", "edcamp_host"),
            msg("The cards you put on boards, asked for or lead"),
            msg("until you take them back"),
            _cards,
            _erase_cards,
            msg("Cards that others ask for or lead too stay, without your name."),
        ),
        Holding(
            "edcamp_votes",
            ("edcamp_vote",),
            msg("What you voted on cards"),
            msg("until the EdCamp is over"),
            _votes,
            _erase_votes,
        ),
        Holding(
            "edcamp_bad_times",
            ("edcamp_bad_time",),
            msg("At which times of an EdCamp you cannot lead"),
            msg("as long as the board has that slot"),
            _bad_times,
            _erase_bad_times,
        ),
        *personal_day.HOLDINGS,
        Holding(
            "edcamp_grids",
            ("edcamp_grid", "edcamp_step"),
            msg("When you arranged the grid of an EdCamp"),
            msg("until the grid is published, or a newer one is suggested"),
            _grids,
            _keep_grids,
            msg("The grids you arranged stay the board's, without your name."),
        ),
    ),
    {
        "edcamp_phase": "when a board's phases begin",
        "edcamp_slot": "the times of a board",
        "edcamp_room": "the rooms of a board",
        "edcamp_session": "which card is in which slot and room",
        **personal_day.NOTHING,
    },
)
