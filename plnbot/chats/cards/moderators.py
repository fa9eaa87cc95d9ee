"""What moderators see: the panel, and what they are told."""

from collections.abc import Sequence

from plnbot.chats.cards.runs import second_run
from plnbot.chats.cards.words import (
    LIST_MOST,
    Standing,
    call_off,
    out_of_reach,
    plan_lines,
    state_words,
    title_of,
    what_comes,
)
from plnbot.chats.model import ChatState, Moment, MomentKind
from plnbot.chats.store import Chat
from plnbot.gathering.not_heard import NotHeard
from plnbot.gathering.not_heard import words as not_heard_words
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Divider,
    Field,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Style, Text, When, bold, joined, verbatim
from plnbot.talk.words import Translate


def panel(t: Translate, at: Standing, *, people: int, unheard: Sequence[Block] = ()) -> Card:
    """Show a moderator where the chat is and what they can do now, and who is `unheard`."""
    chat = at.chat
    row = str(chat.id)
    blocks: list[Block] = [
        Fields(
            (
                Field(
                    t("Now"),
                    state_words(t, chat) if at.current is None else verbatim(at.current.name),
                ),
                Field(t("Taking part"), verbatim(str(people))),
                Field(
                    t("Answers"), verbatim(str(sum(at.counts.get(q.id, 0) for q in at.questions)))
                ),
            )
        )
    ]
    if at.unheard:
        blocks.append(out_of_reach(t))
    blocks += _panel_buttons(t, at, row)
    skipped = tuple(each for each in at.questions if each.skipped)
    if skipped and chat.live:
        options = tuple(
            Option(str(each.number), t("{name} after all", name=each.name))
            for each in skipped[: limits.OPTIONS]
        )
        blocks.append(
            Actions((Select(t("Ask a skipped question"), "chat.after_all", options, row),))
        )
    blocks += [Divider(), *unheard] if unheard else ()
    upcoming = chat.run.next_moment
    if chat.run.held and chat.run.moments:
        blocks.append(
            Paragraph(t("On hold. What follows comes once the chat goes on, that much later:"))
        )
    elif upcoming is not None and chat.live:
        blocks.append(Paragraph(_left(t, at, upcoming)))
    if chat.run.moments:
        held = chat.run.held
        lines = plan_lines(t, chat, at.questions, chat.run.moments, most=48, held=held)
        blocks.append(Paragraph(shortened(joined(lines, "\n"), LIST_MOST), quiet=True))
    tone = Tone.CAUTION if chat.run.held else Tone.PLAIN
    label = t("Moderators only · on hold") if chat.run.held else t("Moderators only")
    return Card(title_of(chat), tuple(blocks), tone, label)


def _left(t: Translate, at: Standing, upcoming: Moment) -> Text:
    """Say what comes next, and how long it is until then."""
    what = what_comes(t, upcoming, at.questions)
    if at.chat.slow:
        return t("**Next** {what}, {at}", what=what, at=When(upcoming.at))
    left = When(upcoming.at, Style.COUNTDOWN, at.now)
    return t("**Next** {what}, {at}", what=what, at=left)


def _panel_buttons(t: Translate, at: Standing, row: str) -> list[Block]:
    chat = at.chat
    match chat.run.state:
        case ChatState.SCHEDULED:
            return [
                Actions(
                    (
                        Button(
                            t("Begin now"),
                            "chat.go_on",
                            row,
                            confirm=t(
                                "The room is welcomed at once, and every question comes earlier."
                            ),
                        ),
                        Button(t("Change"), "chat.change", row),
                        call_off(t, row),
                    )
                ),
                Actions(
                    (
                        Button(t("Add a co-moderator"), "chat.co_moderator", row),
                        *second_run(t, chat),
                    )
                ),
            ]
        case ChatState.ARCHIVED:
            summary = PageButton(t("Draft of a summary"), "summary_draft", row)
            return [Actions((PageButton(t("Open the archive"), "chat", row), summary))]
        case ChatState.CANCELLED:
            return [Actions((Button(t("Bring it back"), "chat.publish", row),))]
        case ChatState.THROWN_AWAY:
            return [Actions((Button(t("Take it out again"), "chat.restore", row),))]
        case ChatState.DRAFT:
            return []
        case _:
            return _live_buttons(t, at, row)


def _live_buttons(t: Translate, at: Standing, row: str) -> list[Block]:
    chat = at.chat
    held, following = chat.run.held, chat.run.next_moment
    main: list[Button] = []
    if held:
        main.append(Button(t("Go on after the hold"), "chat.resume", row, Look.PRIMARY))
    if following is not None:
        now = t("{what} now", what=what_comes(t, following, at.questions))
        main.append(Button(now, "chat.go_on", row, Look.PLAIN if held else Look.PRIMARY))
    if not held:
        main.append(Button(t("Hold"), "chat.hold", row))
    main.append(Button(t("+2 minutes"), "chat.extend", row))
    # What is skipped by a slip is not beside what is pressed all the time.
    coming = next((each for each in chat.run.moments if each.kind is MomentKind.QUESTION), None)
    skip: tuple[Button, ...] = ()
    if coming is not None:
        name = what_comes(t, coming, at.questions)
        skip = (Button(t("Skip {name}", name=name), "chat.skip", row),)
    people = (
        *skip,
        Button(t("Bonus question"), "chat.bonus", row),
        Button(t("Add a co-moderator"), "chat.co_moderator", row),
        Button(t("Hand over"), "chat.hand_over", row),
        Button(
            t("End the chat"),
            "chat.end",
            row,
            Look.DANGER,
            t("This says the closing words and makes the archive at once."),
        ),
    )
    return [Actions(tuple(main)), Divider(), Actions(people)]


def not_yours_now(t: Translate, chat: Chat) -> Card:
    """Stand where a panel was for somebody who moderates this chat no longer."""
    return Card(t("You no longer moderate this chat."), label=title_of(chat))


def your_turn(t: Translate, chat: Chat, by: str, *, alone: bool) -> Card:
    """Tell somebody that a chat is theirs to moderate."""
    words = (
        t("{name} has handed this chat over to you.", name=by)
        if alone
        else t("{name} asks you to moderate this chat with them.", name=by)
    )
    buttons = Actions(
        (
            PageButton(t("Open the panel"), "panel", str(chat.id)),
            Button(t("Say no"), "chat.decline", str(chat.id)),
        )
    )
    return Card(t("You are a moderator"), (Paragraph(words), buttons), Tone.PLAIN, title_of(chat))


def plan_moved(t: Translate, at: Standing) -> Card:
    """Tell a moderator that the plan has given way."""
    why = t("The chat ran late, so I shortened the gaps. This is the plan now:")
    lines = plan_lines(t, at.chat, at.questions, at.chat.run.moments, most=60)
    blocks = (Paragraph(why), Paragraph(shortened(joined(lines, "\n"), LIST_MOST)))
    return Card(t("The plan has moved"), blocks, Tone.CAUTION, title_of(at.chat))


def not_heard(t: Translate, chat: Chat, what: NotHeard) -> Card:
    """Tell a moderator that something said in the room of a chat cannot be read, or not yet."""
    blocks: list[Block] = [Paragraph(not_heard_words(t, what))]
    if what.closed:
        mend = t("Let me into the room again, with the right to read what was said before.")
        blocks.append(Paragraph(mend))
    told = t("The chat's page and its archive say so until it was read.")
    blocks += [
        Paragraph(told, quiet=True),
        Actions((PageButton(t("Open the chat"), "chat", str(chat.id)),)),
    ]
    return Card(t("Something was not heard"), tuple(blocks), Tone.CAUTION, title_of(chat))


def not_posted(t: Translate, chat: Chat, why: str) -> Card:
    """Tell a moderator that the room did not get something of a chat, and why."""
    blocks = (
        Paragraph(t("I could not post in the room of this chat: {why}", why=bold(why))),
        Paragraph(
            t(
                "The plan goes on. Once that is mended, I post where the chat is then, and nothing"
                " that is past."
            ),
            quiet=True,
        ),
        Actions((Button(t("Try again"), "chat.try_again", str(chat.id)),)),
    )
    return Card(t("Something was not posted"), blocks, Tone.CAUTION, title_of(chat))
