"""Anonymous answers: what is said without a name, and that nobody can find out whose it is.

**By form only.** A reaction and a message bear their author wherever they stand, so neither ever counts
without a name. The form says before one writes who could know, and that there is no way back.

**No author anywhere.** An answer is a row with words, under what it was said, and nothing else: no
member, no account, no instant, no key of what came in, no work, no line of the log, no activity; and
no platform's part of ours keeps what is typed until it is sent (`Form.unkept`). Whoever
gave one is in a table apart, so that they are asked no more and answer once; it has no instant either.

**No order.** What two tables have in common is when a row came, so each new answer has all rows of both
written anew, in an order drawn at random, under numbers drawn at random, by one transaction: in no
copy of the database is one answer newer than another, and none is nearer to one giver than to another.
Two who write at the same moment do so one after the other.

**No onlooker.** Who watches a page sees what comes and knows who is typing. So answers are shown
together: at the moment its subject chooses (`show`), and after it whenever `singling_out.FEWEST` wait.
Fewer are shown to nobody, moderators and files included, and counted nowhere. What is counted are those
that are shown, whether a moderator has hidden them since or not.

**No way back.** Nothing here reads who gave what, so nothing can show, change or take back; nor can a
setting: an answer that was given without a name has none, whatever is set later.

**What is not promised** stands in the form and in `docs/answering-prompts.md`: whoever runs the server could watch as
an answer arrives, or compare two copies of the database between which one alone came; the platform
carries the form; and people know one another by how they write.
"""

from collections.abc import Callable

from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.engine.routes import Context
from plnbot.errors import Refused
from plnbot.gathering import store
from plnbot.gathering.declared import Hiding, Subject
from plnbot.gathering.store.anonymous import Unnamed, add
from plnbot.singling_out import FEWEST, enough
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions as Row
from plnbot.talk.cards import Button, Paragraph
from plnbot.talk.forms import AnyInput, Form, TextInput
from plnbot.talk.pages import PageBlock
from plnbot.talk.text import Text, joined, verbatim, with_links
from plnbot.talk.words import Translate, msg

_MOST = 2000
_TWICE = msg("You have answered this without your name already, and that counts once.")
_BY_NAME = msg(
    "You have answered this under your name, and that counts once. Take that back first if you want to"
    " answer without it."
)

_CARRIERS = {
    "slack": msg("Slack carries this form, so what Slack keeps of it is theirs."),
    "discord": msg("Discord carries this form, so what Discord keeps of it is theirs."),
}


def give(subject: Subject, under: int, person: Person, words: str, choice: str = "") -> None:
    """Take an answer without a name; `Refused` from who answered this before, in whatever way."""
    tx, kind = subject.tx, subject.kind
    may_give(tx, kind, under, person)
    answer = Unnamed(subject.network, kind, subject.whole, under, words, choice)
    add(tx, answer, person.id)
    if subject.late(under):
        show(subject, under)


def may_give(tx: Tx, kind: str, under: int, person: Person) -> None:
    """Raise `Refused` where somebody has answered this before."""
    if store.gave_unnamed(tx, kind, under, person.id):
        raise Refused(_TWICE)
    if any(each.hidden_by is None for each in store.said_under(tx, kind, under, person.id)):
        raise Refused(_BY_NAME)


def may_give_by_name(tx: Tx, kind: str, under: int, person: Person) -> None:
    """Raise `Refused` where somebody has answered this without their name.

    Only where nobody else sees it: to leave out what stands in a room would tell everybody.
    """
    if store.gave_unnamed(tx, kind, under, person.id):
        raise Refused(_TWICE)


def show(subject: Subject, under: int) -> None:
    """Let everybody read what waits, if that singles nobody out."""
    _shown, waiting = store.many_unnamed(subject.tx, subject.kind, under)
    if enough(waiting):
        store.show_waiting(subject.tx, subject.kind, under)
        subject.changed([under], ())


def hide(subject: Subject, hiding: Hiding, this: Unnamed, reason: str, *, by: Person) -> None:
    """Hide an answer everywhere; there is nobody to tell."""
    store.hide_unnamed(subject.tx, this.id, by.id, reason)
    _note(subject, f"{hiding.action}.anonymous_hidden", this, by, why=reason)
    subject.changed([this.under], ())


def show_again(subject: Subject, hiding: Hiding, this: Unnamed, *, by: Person) -> None:
    """Undo `hide`."""
    store.hide_unnamed(subject.tx, this.id, None, "")
    _note(subject, f"{hiding.action}.anonymous_shown", this, by)
    subject.changed([this.under], ())


def form(ctx: Context, name: str, row: str, question: str, when: Text, *more: AnyInput) -> Form:
    """Return the form for an answer without a name: what is asked, who could know, and the words.

    `when` says when answers are first read, as in "the next morning"; `more` are inputs before the
    words, such as a choice, with which the words may stay empty.
    """
    t = ctx.t
    label = t("A sentence, if you like") if more else t("Your answer, without your name")
    words = TextInput(name="words", label=label, long=True, most=_MOST, required=not more)
    intro = joined((verbatim(question), limits(t, ctx.person.ref.platform, when)), "\n\n")
    title, send = t("Without my name"), t("Send for good")
    return Form(name, title, (*more, words), send, row, intro, unkept=True)


def limits(t: Translate, platform: str, when: Text) -> Text:
    """Return who could ever know, and that there is no way back; read before anything is written."""
    who = [
        t(
            "**Who could know:** nobody who uses this bot, its moderators and administrators"
            " included. Whoever runs its server could, if they watched as it arrives."
        ),
        t("People may know you by how you write."),
    ]
    if platform in _CARRIERS:
        who.insert(1, t.say(_CARRIERS[platform]))
    said = (
        t(
            "**Before you write:** your name is kept nowhere with your answer, nor the time. That you"
            " answered is kept apart from it, so that I do not ask you again."
        ),
        joined(who, " "),
        t(
            "**When it is read:** {when}, together with at least {others} others, in a mixed order."
            " Where there are fewer, nobody ever reads it.",
            when=when,
            others=FEWEST - 1,
        ),
        t(
            "**There is no way back:** it can never be un-hidden, so neither you nor anybody else can"
            " change it, take it back or claim it. It counts for no credit."
        ),
    )
    return joined(said, "\n")


def blocks(
    ctx: Context, kind: str, under: int, worded: Callable[[Unnamed], str], *, hide: str = ""
) -> list[PageBlock]:
    """Return what was said without a name as a page shows it.

    `worded` says what one reads as, for what was tapped; `hide` is as in `gathering.pages.quote`.
    """
    found: list[PageBlock] = []
    for each in store.readable_unnamed(ctx.tx, kind, under):
        found.append(Paragraph(with_links(worded(each))))
        if hide:
            found.append(Row((Button(ctx.t("Hide"), hide, str(each.id)),)))
    return found


def _note(subject: Subject, action: str, this: Unnamed, by: Person, **why: str) -> None:
    about = f"anonymous:{this.id}"
    audit.record(subject.tx, subject.network, by.id, action, about, now=subject.now, **why)
