"""An entry of the bank as its author sees it, and as those do who look after the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plnbot.prompts.model import Prompt, PromptSchedule, Status
from plnbot.prompts.model.suggesting import (
    KEPT,
    LAPSED,
    Decision,
    Rewording,
    decisions,
    may_take_back,
)
from plnbot.prompts.model.wording import Flaw, Found
from plnbot.skills.cards import line
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

SKILLS = "prompts.skills"
_SHOWN, _MOST_REMARKS = 160, 4
SHELVES: Mapping[Status, Sentence] = {
    Status.SUGGESTED: msg("Suggested"),
    Status.ACCEPTED: msg("Ready"),
    Status.USED: msg("Asked"),
    Status.SET_ASIDE: msg("Set aside"),
    Status.DECLINED: msg("Declined"),
}
_STANDS: Mapping[Status, Sentence] = {
    Status.SUGGESTED: msg("It waits for a curator."),
    Status.ACCEPTED: msg("It is ready, and will be asked."),
    Status.USED: msg("It was asked."),
    Status.SET_ASIDE: msg("It is set aside, for somebody to put in better words."),
    Status.DECLINED: msg("It was declined."),
}
_REMARKS: Mapping[Flaw, Sentence] = {
    Flaw.SHORT: msg("It is short ({shown} words): say a little more of what you mean."),
    Flaw.LONG: msg("It is long ({shown} words), and is read on a phone."),
    Flaw.QUESTIONS: msg("It asks {shown} questions: one alone gets better answers."),
    Flaw.YES_OR_NO: msg("Yes or no would answer it: “what”, “which” or “how” draws a story."),
    Flaw.NO_QUESTION: msg("It asks something, and does not end with its question mark."),
    Flaw.PRODUCT: msg("It names a product: {shown}."),
    Flaw.PUPIL: msg("It may name somebody: {shown}."),
}
_DECISIONS: Mapping[Decision, Sentence] = {
    Decision.APPROVE: msg("Approve"),
    Decision.REWORD: msg("Edit"),
    Decision.DECLINE: msg("Decline"),
    Decision.RETURN: msg("Undo"),
    Decision.SET_ASIDE: msg("Set aside"),
}
_OFFERED = (
    Decision.APPROVE,
    Decision.REWORD,
    Decision.DECLINE,
    Decision.SET_ASIDE,
    Decision.RETURN,
)


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A prompt with all that is shown of it: whose it is, what to see to, what it is near, what is proposed.

    `decided_by` is the name of who last decided about it, `pack` what the pack is called that it is from;
    `skills` are those that it carries.
    """

    prompt: Prompt
    author: str = ""
    remarks: Sequence[Found] = ()
    near: Prompt | None = None
    proposed: Rewording | None = None
    decided_by: str = ""
    pack: str = ""
    skills: tuple[str, ...] = ()


def entry(t: Translate, shown: BankEntry) -> Card:
    """Show an entry to who looks after the bank, with what can be decided about it."""
    prompt = shown.prompt
    blocks: list[Block] = [Paragraph(_words(t, prompt))]
    others = [said for said in prompt.words.values() if said != prompt.said(t.locale)]
    blocks += [Paragraph(verbatim(said), quiet=True) for said in others]
    facts = list(_facts(t, shown))
    if facts:
        blocks.append(Paragraph(joined(facts, " "), quiet=True))
    blocks += [Paragraph(each, quiet=True) for each in line(t, shown.skills)]
    blocks += noted(t, shown.remarks, shown.near if prompt.status is Status.SUGGESTED else None)
    if shown.proposed is not None:
        blocks.append(Paragraph(_proposed(t, shown.proposed), quiet=True))
    can = decisions(prompt)
    buttons = tuple(
        Button(
            t.say(_DECISIONS[each]),
            f"prompts.{each}",
            str(prompt.id),
            Look.PRIMARY if each is Decision.APPROVE else Look.PLAIN,
        )
        for each in _OFFERED
        if each in can
    )
    if prompt.status is not Status.DECLINED:
        buttons = (*buttons, Button(t("Skills"), SKILLS, str(prompt.id)))
    if buttons:
        blocks.append(Actions(buttons))
    title = t("An idea of {name}", name=shown.author) if shown.author else _source(t, shown)
    return Card(title, tuple(blocks), label=t.say(SHELVES[prompt.status]))


def own(t: Translate, shown: BankEntry, title: Text | None = None) -> Card:
    """Show a suggestion to who made it: where it stands, and what they can do with it.

    `title` says what was just done, where something was.
    """
    prompt, row = shown.prompt, str(shown.prompt.id)
    blocks: list[Block] = [Paragraph(_words(t, prompt))]
    if title is None or prompt.status is not Status.SUGGESTED or shown.proposed is not None:
        blocks.append(Paragraph(stands(t, prompt, shown.proposed), quiet=True))
    if prompt.status is Status.SUGGESTED:
        blocks += noted(t, shown.remarks, shown.near)
    if shown.proposed is not None and not shown.proposed.outcome:
        blocks += _choice(t, shown.proposed)
    buttons = []
    if prompt.status is not Status.DECLINED:
        buttons.append(Button(t("Change"), "prompts.change_own", row))
        label = t("Ask it without my name") if prompt.named else t("Ask it with my name")
        buttons.append(Button(label, "prompts.name", row))
    if may_take_back(prompt):
        sure = t("Nothing of it stays.")
        buttons.append(Button(t("Take it back"), "prompts.take_back", row, Look.DANGER, sure))
    if buttons:
        blocks.append(Actions(tuple(buttons)))
    return Card(title or t.say(SHELVES[prompt.status]), tuple(blocks), Tone.GOOD)


def decided(t: Translate, shown: BankEntry, what: Decision, by: str) -> Card:
    """Tell an author what became of their idea."""
    prompt = shown.prompt
    if what is Decision.REWORD and shown.proposed is not None and not shown.proposed.outcome:
        said = t("{name} likes your idea, and would word it otherwise.", name=by)
        blocks = (Paragraph(said), *_choice(t, shown.proposed))
        return Card(t("Other words for your idea?"), blocks, Tone.QUESTION)
    words = Paragraph(_words(t, prompt))
    where = Paragraph(stands(t, prompt, shown.proposed), quiet=True)
    if prompt.status is Status.DECLINED:
        return Card(t("Your idea was not taken"), (words, where), Tone.CAUTION)
    return Card(t("Your idea for a prompt"), (words, where), Tone.GOOD)


def low(t: Translate, asks: PromptSchedule, left: int) -> Card:
    """Tell who looks after a bank that it runs out, and what to do."""
    if left:
        title = t("Two weeks of prompts are left")
        said = t.n(
            "“{title}” has {n} prompt left that was not asked yet.",
            "“{title}” has {n} prompts left that were not asked yet.",
            left,
            title=short_words(asks.title, 80),
        )
    else:
        title = t("The prompts have run out")
        said = t(
            "“{title}” has asked all it has. From now on, what was asked longest ago comes again.",
            title=short_words(asks.title, 80),
        )
    then = t(
        "Paste some of your own, choose another pack, or invite ideas: `/pln prompt suggest` is for"
        " everybody."
    )
    buttons = Actions(
        (
            Button(t("Paste prompts"), "prompts.paste", look=Look.PRIMARY),
            PageButton(t("Open the bank"), "prompts.bank"),
        )
    )
    return Card(title, (Paragraph(said), Paragraph(then), buttons), Tone.CAUTION)


def noted(t: Translate, remarks: Sequence[Found], near: Prompt | None) -> list[Paragraph]:
    """Say kindly what there is to see to in a prompt, and what it is near."""
    said = [t.say(msg(_REMARKS[each.flaw].source, shown=each.shown)) for each in remarks]
    if near is not None:
        said.append(
            t(
                "Near it, in the bank already ({stands}): “{words}”",
                stands=t.say(SHELVES[near.status]),
                words=short_words(near.said(t.locale), _SHOWN),
            )
        )
    return [Paragraph(each, quiet=True) for each in said[:_MOST_REMARKS]]


def stands(t: Translate, prompt: Prompt, proposed: Rewording | None = None) -> Text:
    """Say where a prompt stands, with the reason and the day where there are any."""
    if proposed is not None and not proposed.outcome:
        return t(
            "A curator proposes other words, until {day}.",
            day=When(proposed.lapses_at, Style.DAY),
        )
    if prompt.status is Status.DECLINED and prompt.reason:
        return t("It was declined: {reason}", reason=verbatim(prompt.reason))
    if prompt.status is Status.USED and prompt.used_at is not None:
        day = When(prompt.used_at, Style.DAY)
        return t.n(
            "It was asked on {day}.", "It was asked {n} times, last on {day}.", prompt.uses, day=day
        )
    return t.say(_STANDS[prompt.status])


def _words(t: Translate, prompt: Prompt) -> Text:
    return verbatim(short_words(prompt.said(t.locale), limits.TEXT_BLOCK))


def _source(t: Translate, shown: BankEntry) -> Text:
    if shown.prompt.suggested:
        return t("An idea of a member")
    return t("From “{pack}”", pack=shown.pack) if shown.pack else t("Our own prompt")


def _facts(t: Translate, shown: BankEntry) -> Sequence[Text]:
    prompt, facts = shown.prompt, []
    if prompt.created_at is not None and prompt.status is Status.SUGGESTED:
        facts.append(t("Suggested on {day}.", day=When(prompt.created_at, Style.DAY)))
    if prompt.suggested and not prompt.named:
        facts.append(t("It is asked without a name."))
    if prompt.status is Status.SET_ASIDE and not shown.decided_by:
        facts.append(t("Fewer than three answered it, so it waits for better words."))
    elif prompt.status not in (Status.SUGGESTED, Status.ACCEPTED):
        facts.append(stands(t, prompt))
    if shown.decided_by and prompt.decided_at is not None:
        day = When(prompt.decided_at, Style.DAY)
        facts.append(t("Decided by {name}, {day}.", name=shown.decided_by, day=day))
    return facts


def _proposed(t: Translate, proposed: Rewording) -> Text:
    words = short_words(next(iter(proposed.words.values())), _SHOWN)
    if proposed.outcome == KEPT:
        return t("Its author keeps their own words, and not “{words}”.", words=words)
    if proposed.outcome == LAPSED:
        return t("Its author did not answer whether “{words}” is right.", words=words)
    day = When(proposed.lapses_at, Style.DAY)
    return t("Its author is asked, until {day}, about “{words}”.", words=words, day=day)


def _choice(t: Translate, proposed: Rewording) -> list[Block]:
    row = str(proposed.prompt)
    words = next(iter(proposed.words.values()))
    until = t(
        "If you say nothing until {day}, it goes back to the curators in your words.",
        day=When(proposed.lapses_at, Style.DAY),
    )
    return [
        Paragraph(t("It would be: “{words}”", words=short_words(words, 400))),
        Paragraph(until, quiet=True),
        Actions(
            (
                Button(t("Agree"), "prompts.agree", row, Look.PRIMARY),
                Button(t("Keep my words"), "prompts.keep", row),
            )
        ),
    ]


def with_note(card: Card, note: Text) -> Card:
    """Return a card with what was just done said above it."""
    return replace(card, blocks=(Paragraph(note), *card.blocks))
