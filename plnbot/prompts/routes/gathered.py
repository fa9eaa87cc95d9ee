"""What prompts gather: words in the threads below them, whoever wrote them, and who may hide some."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.engine import outbox
from plnbot.engine.notices import NoticeKind, Wanted
from plnbot.engine.ports import Person
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context
from plnbot.gathering import Answer, Gathers, Hiding, Took
from plnbot.gathering.declared import Args, Export
from plnbot.prompts import actions, store
from plnbot.prompts.actions import PromptTalk
from plnbot.prompts.model import LISTENS, is_pass
from plnbot.prompts.routes.answers_objects import held_in
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer as Told
from plnbot.talk.interactions import Nothing, Said
from plnbot.talk.words import msg

_HIDDEN = "prompts.hidden"
MODERATES = needs(
    Role.ORGANISER,
    Role.MODERATOR,
    otherwise=msg("Hiding answers is for organisers and moderators."),
)


def _below(tx: Tx, now: datetime, args: Args) -> PromptTalk | None:
    return actions.talk_of(tx, now, int(args["occurrence"]))


def _told(ctx: Context, talk: PromptTalk, said: Said, took: Took) -> Told | None:
    """Say that an answer counts, or that passing is fine; further talk is nobody's business."""
    if took.stands:
        counts = ctx.t.words("counted")
        if talk.late(talk.whole):
            late = ctx.t("Your answer counts. It came late, and that is said with it.")
            return Nothing(late, counts)
        return Nothing(ctx.t("Your answer counts."), counts)
    if is_pass(said.words):
        actions.pass_on(ctx.tx, talk.whole, ctx.person)
        return Nothing(ctx.t("You pass: that is fine."))
    return None


def _about(tx: Tx, these: Sequence[Answer]) -> Mapping[int, Export]:
    """Return what each answer was an answer to."""
    asked = {each.whole: store.get_occurrence(tx, each.whole) for each in these}
    numbers = {whole: found.prompt for whole, found in asked.items() if found and found.prompt}
    prompts = store.prompts_by_id(tx, set(numbers.values()))
    return {
        each.id: {"prompt": dict(prompts[numbers[each.whole]].words)}
        for each in these
        if numbers.get(each.whole) in prompts
    }


def renamed(tx: Tx, person: Person, now: datetime) -> None:
    """Let what a member answered lately be shown under their new name."""
    for each in gathering.everything_by(tx, person.id):
        if each.kind == actions.KIND and now - each.at < LISTENS:
            outbox.refresh(tx, actions.answer_key(each.id), now)
            for room in store.posted_in(tx, each.whole):
                outbox.refresh(tx, actions.round_up_key(each.whole, room), now)
            tx.announce(actions.topic(each.whole))


def _while_hidden(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    given = gathering.get(tx, int(args["answer"]))
    return was if given is not None and given.hidden_by is not None else None


HIDDEN = NoticeKind(
    name=_HIDDEN,
    title=msg("Answers to prompts that were hidden"),
    about=msg("When a moderator hides what you answered to a prompt, with the reason"),
    may_be_muted=True,
    wanted=_while_hidden,
)
HIDING = Hiding(
    action="prompt",
    needs=MODERATES,
    done=msg("It is out of the prompt's page, its round-up and its files. Its author is told why."),
    card=_HIDDEN,
    notice=HIDDEN,
    held_in=lambda ctx, whole: held_in(ctx.tx, whole),
)
GATHERS = Gathers(
    kind=actions.KIND,
    below={actions.ASKED: _below, actions.ROUND_UP: _below},
    of=actions.talk_of,
    told=_told,
    about=_about,
    hiding=HIDING,
    anonymous=True,
)
