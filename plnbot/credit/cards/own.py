"""What a member sees of their own entries and drafts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from plnbot.credit.cards.words import (
    CHECK,
    STANDINGS,
    line_of,
    minutes_words,
    title_of,
)
from plnbot.credit.model.drafts import Draft
from plnbot.credit.model.entries import COUNTS, UNDECIDED, Standing
from plnbot.credit.sentences import kind_words, why_so_long
from plnbot.credit.store.ledger import Happened, Stands
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    Look,
    Option,
    PageButton,
    Paragraph,
    Select,
    Tone,
)
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.plain import day_words
from plnbot.talk.text import EMPTY, Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.values import dataclass

_TONES = {
    Standing.APPROVED: Tone.GOOD,
    Standing.DECLARED: Tone.GOOD,
    Standing.RETURNED: Tone.CAUTION,
    Standing.DENIED: Tone.CAUTION,
    Standing.REVOKED: Tone.CAUTION,
}
DID: dict[str, Sentence] = {
    "submit": msg("{who} sent it in"),
    "revise": msg("{who} changed it"),
    "complete": msg("{who} said that it took place"),
    "withdraw": msg("{who} took it back"),
    "approve": msg("{who} approved it"),
    "adjust": msg("{who} changed the minutes to {minutes}"),
    "return": msg("{who} returned it"),
    "deny": msg("{who} denied it"),
    "revoke": msg("{who} revoked it"),
    "reopen": msg("{who} took their decision back"),
    "forget": msg("It was taken back with an erasure"),
}


@dataclass(frozen=True, slots=True)
class WaitsWith:
    """With whom something waits, as its member is told; `name` empty where it is with nobody by name."""

    name: str = ""


def draft(
    t: Translate, number: int, found: Draft, said: Sequence[str], protocols: Sequence[Option]
) -> Card:
    """Show one draft: what, when, how long and why, one's own words, and the one tap."""
    claim = found.claim
    facts = Fields(
        (
            Field(t("When"), Text((When(claim.started, Style.DAY_AND_TIME),))),
            Field(t("Minutes"), minutes_words(t, claim.minutes)),
            Field(t("Counts as"), t.say(kind_words(claim.kind))),
        )
    )
    body: list[Block] = [facts, Paragraph(t.say(why_so_long(found)), quiet=True)]
    if said:
        quoted = joined([verbatim(f"“{short_words(each, 200)}”") for each in said[:3]], "\n")
        body.append(Paragraph(t("What you said there:\n{words}", words=quoted)))
    body.append(
        Paragraph(
            t(
                "Only you see this. What you do not confirm counts nothing and goes by itself on {day}.",
                day=When(found.lapses, Style.DAY),
            ),
            quiet=True,
        )
    )
    buttons = (
        Button(t("Confirm"), "credit.confirm", str(number), Look.PRIMARY),
        Button(t("Not for credit"), "credit.aside", str(number)),
        Button(t("Certificate"), "credit.certificate", str(number)),
    )
    body.append(Actions(buttons))
    if protocols:
        choice = Select(t("Reflect more …"), "credit.reflect", tuple(protocols), str(number))
        body.append(Actions((choice,)))
    title = shortened(verbatim(found.title), limits.CARD_TITLE)
    return Card(title, tuple(body), Tone.QUESTION, t("A draft for your hours"))


def drafts(t: Translate, found: Sequence[tuple[int, Draft]], of_week: int) -> Card:
    """List the drafts that wait, with the way to each and to all of a week together."""
    if not found:
        said = t(
            "No draft waits. After a chat, a prompt or something you read, one does; `/pln credit log`"
            " takes in what you did elsewhere."
        )
        return Card(t("Drafts of your hours"), (Paragraph(said),))
    lines = [
        joined(
            (
                Text((When(each.claim.started, Style.DAY),)),
                verbatim(short_words(each.title, 80)),
                minutes_words(t, each.claim.minutes),
            ),
            " · ",
        )
        for _number, each in found[:10]
    ]
    body: list[Block] = [Paragraph(joined(lines, "\n"))]
    options = tuple(
        Option(str(number), shortened(verbatim(each.title), limits.OPTION_LABEL))
        for number, each in found[: limits.OPTIONS]
    )
    body.append(Actions((Select(t("Look at one …"), "credit.draft", options),)))
    if of_week > 1:
        label = t.n("Confirm this week's {n}", "Confirm this week's {n}", of_week)
        body.append(Actions((Button(label, "credit.week", look=Look.PRIMARY),)))
    return Card(t("Drafts of your hours"), tuple(body), Tone.QUESTION)


def entry(
    t: Translate, stands: Stands, waits: WaitsWith, note: str = "", lead: Text = EMPTY
) -> Card:
    """Show an entry to its member, with what can be done to it as it stands."""
    it, claim = stands.entry, stands.entry.claim
    facts = [
        Field(t("When"), Text((When(claim.started, Style.DATE),))),
        Field(t("Minutes"), minutes_words(t, claim.minutes)),
        Field(t("Kind"), t.say(kind_words(claim.kind))),
        Field(t("Stands"), _standing(t, stands, waits)),
    ]
    if it.policies:
        facts.append(Field(t("By the rules of"), shortened(verbatim(", ".join(it.policies)), 400)))
    body: list[Block] = [Paragraph(lead)] if lead else []
    body.append(Fields(tuple(facts)))
    if note:
        body.append(Paragraph(t("Note: {note}", note=short_words(note, 1500))))
    if it.ring:
        body.append(
            Paragraph(t("An administrator allowed that you two decide for each other."), quiet=True)
        )
    if it.standing in COUNTS:
        body.append(Paragraph(t.say(CHECK), quiet=True))
    body.append(Actions(_buttons(t, stands)))
    tone = _TONES.get(it.standing, Tone.PLAIN)
    return Card(shortened(title_of(t, stands), limits.CARD_TITLE), tuple(body), tone)


def _standing(t: Translate, stands: Stands, waits: WaitsWith) -> Text:
    said = t.say(STANDINGS[stands.entry.standing])
    if not waits.name:
        return said
    since = When(stands.since, Style.DAY)
    return t("{standing}: with {who} since {day}", standing=said, who=waits.name, day=since)


def _buttons(t: Translate, stands: Stands) -> tuple[Button | PageButton, ...]:
    it, row = stands.entry, str(stands.entry.id)
    found: list[Button | PageButton] = []
    if it.standing is Standing.AGREED:
        found.append(Button(t("It took place"), "credit.complete", row, Look.PRIMARY))
    if it.standing in {*UNDECIDED, Standing.DECLARED}:
        look = Look.PRIMARY if it.standing is Standing.RETURNED else Look.PLAIN
        found.append(Button(t("Change"), "credit.change", row, look))
        found.append(Button(t("Evidence"), "credit.evidence", row))
        sure = t("Take this back? It counts nothing then, and you can send it again.")
        found.append(Button(t("Take it back"), "credit.withdraw", row, confirm=sure))
    found.append(PageButton(t("History"), "credit.entry", row))
    return tuple(found)


def files_go(t: Translate, goes: date | None) -> Text:
    """Return when an entry's files go: a day, or only by what their member does."""
    if goes is None:
        return t(
            "They are kept until you take the entry back or are erased: the rules of your licences set no day."
        )
    return t(
        "By the rules of your licences they go on {day} at the earliest. You are told a month before, and they"
        " go at once when you take the entry back or are erased.",
        day=day_words(goes, t.locale, with_year=True),
    )


def sent(t: Translate, stands: Stands, waits: WaitsWith, treated: Sequence[Text] = ()) -> Card:
    """Say that something was sent in, what happens now, and what rules will make of it."""
    if stands.entry.standing is Standing.DECLARED:
        lead = t("Kept. Nobody has to approve this where you are, so it stands as self-declared.")
    elif stands.entry.standing is Standing.AGREED:
        lead = t("Kept as a plan. The day after, I ask you whether it took place: one tap.")
    else:
        lead = t("Sent in. You hear from me as soon as it is decided.")
    card = entry(t, stands, waits, lead=lead)
    if not treated:
        return card
    rules = Paragraph(shortened(t("Once approved:\n{rules}", rules=joined(treated, "\n")), 1200))
    return replace(card, blocks=(*card.blocks[:-1], rules, card.blocks[-1]))


def several_sent(
    t: Translate, done: Sequence[Stands], not_sent: Sequence[tuple[str, Sentence]]
) -> Card:
    """Say what became of a week's drafts: those that were sent, and why others were not."""
    body: list[Block] = []
    if done:
        body.append(Paragraph(joined([line_of(t, each) for each in done[:10]], "\n")))
    body += [
        Paragraph(t("{title}: {why}", title=short_words(title, 80), why=t.say(why)))
        for title, why in not_sent[:5]
    ]
    title = t.n("{n} draft sent in", "{n} drafts sent in", len(done))
    return Card(title, tuple(body), Tone.GOOD if done else Tone.CAUTION)


def aside(t: Translate, title: str, number: int) -> Card:
    """Say that a draft was set aside, with the way back."""
    said = t("Set aside: it counts nothing.")
    undo = Actions((Button(t("Bring it back"), "credit.unaside", str(number)),))
    return Card(shortened(verbatim(title), limits.CARD_TITLE), (Paragraph(said), undo))


def withdrawn(t: Translate, stands: Stands) -> Card:
    """Say that an entry was taken back."""
    said = t("Taken back. It counts nothing; what it came from is a draft again.")
    return Card(shortened(title_of(t, stands), limits.CARD_TITLE), (Paragraph(said),))


def mine(t: Translate, found: Sequence[Stands], waiting: int) -> Card:
    """Show the latest of what a member sent in."""
    body: list[Block] = [
        Paragraph(joined([line_of(t, each) for each in found], "\n"))
        if found
        else Paragraph(
            t(
                "Nothing yet. `/pln credit drafts` shows what waits for you, `/pln credit log` takes in more."
            )
        )
    ]
    if waiting:
        body.append(Paragraph(t.n("{n} draft waits for you.", "{n} drafts wait for you.", waiting)))
    buttons = (
        Button(t("Log hours"), "credit.log", look=Look.PLAIN if waiting else Look.PRIMARY),
        Button(t("See drafts"), "credit.drafts", look=Look.PRIMARY if waiting else Look.PLAIN),
        PageButton(t("All of it"), "credit"),
        Button(t("Make a transcript"), "credit.transcript"),
    )
    body.append(Actions(buttons))
    return Card(t("Your hours"), tuple(body))


def happened(t: Translate, each: Happened, who: str) -> Text:
    """Return one line of an entry's history."""
    said = DID.get(each.kind, msg("{kind}", kind=each.kind)).source
    words = t(said, who=who, minutes=each.facts.get("minutes", 0), kind=each.kind)
    parts = [Text((When(each.at, Style.DAY_AND_TIME),)), words]
    if note := str(each.words.get("note", "")):
        parts.append(verbatim(f"“{short_words(note, 400)}”"))
    if each.facts.get("ring") and each.kind in {"approve", "adjust"}:
        parts.append(t("an administrator had allowed that they decide for each other"))
    return joined(parts, " · ")
