"""What either side sees of a workspace that may join the first network."""

from plnbot.members.model import Question, Side, Word
from plnbot.talk.cards import Actions, Block, Button, Card, Paragraph, Tone
from plnbot.talk.text import Text
from plnbot.talk.words import Translate

YES, NO, BACK = "members.admit", "members.turn_down", "members.take_back"


def asked_to_join(
    t: Translate,
    side: Side,
    asked: Question | None,
    *,
    row: str,
    guest: str,
    host: str,
    lapsed: bool,
) -> Card:
    """Show a side how the question stands, and what it can do about it.

    `row` is `platform/workspace`; `guest` is what the workspace is called, `host` the first network,
    which the workspace is told only once that has said yes.
    """
    if side is Side.HOST:
        title = t("{name} has connected on {where}", name=guest, where=_platform(row))
        first = t(
            "It has a network of its own: nobody there sees anything of yours, nor you of theirs. If"
            " it is none of yours, say no, or nothing."
        )
    else:
        title = t("A network of your own, or together?")
        first = _told_to_guest(t, asked, guest, host)
    blocks: list[Block] = [Paragraph(first)]
    if stands := _standing(t, side, asked, lapsed=lapsed):
        blocks.append(Paragraph(stands))
    if buttons := _buttons(t, side, asked, row, lapsed=lapsed):
        blocks.append(Actions(buttons))
    return Card(title, tuple(blocks))


def joined(t: Translate, name: str, row: str) -> Card:
    """Say that a workspace has joined."""
    said = t("{name} on {where} belongs to your network.", name=name, where=_platform(row))
    return Card(t("It has joined"), (Paragraph(said),), Tone.GOOD)


def _told_to_guest(t: Translate, asked: Question | None, guest: str, host: str) -> Text:
    if asked is not None and asked.word_of(Side.HOST) is Word.YES:
        return t(
            "{host}, the network of whoever runs me, says that {name} belongs to it. You have a"
            " network of your own, and keep it unless you say yes too.",
            host=host,
            name=guest,
        )
    return t(
        "You have a network of your own. If whoever runs me is one of yours, you can join their"
        " network: they have to say yes too."
    )


def _standing(t: Translate, side: Side, asked: Question | None, *, lapsed: bool) -> Text | None:
    """Return what has been said so far, as this side may know it."""
    if asked is None:
        return None
    if lapsed:
        return t("Nobody decided within 30 days, so that question is closed.")
    said: Text | None = None
    match asked.word_of(side), asked.word_of(side.other):
        case _, Word.NO:
            said = t("**Their administrator has said no.**")
        case Word.NO, _:
            said = t("**You have said no**, so both stay as they are.")
        case Word.YES, _:
            said = t("**You have said yes.** Now it waits for their administrator.")
        case None, Word.YES:
            said = t("**Their administrator has said yes.** It is for you to decide.")
    return said


def _buttons(
    t: Translate, side: Side, asked: Question | None, row: str, *, lapsed: bool
) -> tuple[Button, ...]:
    mine = asked.word_of(side) if asked else None
    if mine is not None and not lapsed:
        return (Button(t("Take that back"), BACK, row),)
    if lapsed and side is Side.HOST:
        return ()
    if asked is not None and not lapsed and asked.word_of(side.other) is Word.NO:
        return ()
    no = Button(t("No"), NO, row)
    if side is Side.HOST:
        sure = t(
            "Their administrator is asked too. When both have said yes, everybody there becomes a"
            " member of your network, with their chats, and who administers it there administers"
            " yours too."
        )
        return (Button(t("It is ours: let it join"), YES, row, confirm=sure), no)
    sure = t(
        "When both have said yes, everybody here becomes a member of that network, with your chats,"
        " and who administers it administers yours too."
    )
    yes = Button(t("Join them"), YES, row, confirm=sure)
    return (yes, no) if asked is not None and not lapsed else (yes,)


def _platform(row: str) -> str:
    platform = row.partition("/")[0]
    return {"slack": "Slack", "discord": "Discord"}.get(platform, platform)
