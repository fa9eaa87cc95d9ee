"""What an approver sees: the queue, one entry in it, a batch, who stands in."""

from collections.abc import Mapping, Sequence

from plnbot.credit.cards.words import line_of, minutes_words, title_of
from plnbot.credit.model.entries import COUNTS, IN_QUEUES, Standing, Why
from plnbot.credit.sentences import WHY, kind_words
from plnbot.credit.store.batches import Batch
from plnbot.credit.store.delegations import Delegation
from plnbot.credit.store.ledger import Stands
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
from plnbot.talk.text import EMPTY, Style, Text, When, joined, verbatim
from plnbot.talk.words import Sentence, Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as its approver sees it: whose it is, what was shared, how policies treat it, what is in the way."""

    stands: Stands
    who: str
    shared: Mapping[str, str]
    rules: Sequence[Text] = ()
    barred: Sentence | None = None
    administers: bool = False


def row_of(entry_id: int, revision: int) -> str:
    """Return the row of a button about one revision of an entry."""
    return f"{entry_id}.{revision}"


def queue(
    t: Translate, first: Sequence[tuple[Stands, str]], many: int, away: Delegation | None, name: str
) -> Card:
    """Show what waits longest, with the way to each and to several at once."""
    if not many:
        body: list[Block] = [Paragraph(t("Nothing waits for you."))]
    else:
        lines = [
            joined(
                (
                    verbatim(who),
                    line_of(t, each),
                    t("since {day}", day=When(each.since, Style.DAY)),
                ),
                " · ",
            )
            for each, who in first
        ]
        body = [Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK))]
        options = tuple(
            Option(
                row_of(each.entry.id, each.entry.revision),
                shortened(joined((verbatim(who), title_of(t, each)), ": "), limits.OPTION_LABEL),
            )
            for each, who in first
        )
        body.append(Actions((Select(t("Look at one …"), "credit.look", options),)))
    buttons: list[Button | PageButton] = []
    if many > 1:
        buttons.append(Button(t("Approve several"), "credit.batch"))
    buttons.append(PageButton(t("All of it"), "credit.queue"))
    if away is None:
        buttons.append(Button(t("I am away …"), "credit.away"))
    else:
        said = t(
            "{who} decides in your place until {day}.", who=name, day=When(away.ends, Style.DAY)
        )
        body.append(Paragraph(said))
        buttons.append(Button(t("I am back"), "credit.back", str(away.id)))
    body.append(Actions(tuple(buttons)))
    title = (
        t.n("{n} entry waits for you", "{n} entries wait for you", many)
        if many
        else t("Your queue")
    )
    return Card(title, tuple(body), Tone.QUESTION if many else Tone.PLAIN)


def one(t: Translate, seen: Seen, lead: Text = EMPTY, note: str = "") -> Card:
    """Show an entry to who decides, with all that was shared, and how rules treat it."""
    it = seen.stands.entry
    body: list[Block] = [Paragraph(lead)] if lead else []
    body.append(Fields(_facts(t, seen)))
    for label, words in seen.shared.items():
        body.append(Paragraph(shortened(t("{label}: {words}", label=label, words=words), 600)))
    if seen.rules:
        rules = joined(seen.rules, "\n")
        if it.standing in IN_QUEUES:
            rules = t("Once approved:\n{rules}", rules=rules)
        body.append(Paragraph(shortened(rules, 1000), quiet=True))
    if it.revision > 1 and it.standing in IN_QUEUES:
        body.append(
            Paragraph(
                t("It was changed since it was first sent in: its history shows how."), quiet=True
            )
        )
    if note:
        body.append(Paragraph(t("Note: {note}", note=short_words(note, 600))))
    if seen.barred is not None:
        body.append(Paragraph(t.say(seen.barred)))
    rows = _decisions(t, seen)
    if rows:
        body.append(Actions(rows))
    body.append(Actions((PageButton(t("History and files"), "credit.look", str(it.id)),)))
    title = t("{who}: {title}", who=seen.who, title=title_of(t, seen.stands, 90))
    return Card(shortened(title, limits.CARD_TITLE), tuple(body), Tone.QUESTION)


def _facts(t: Translate, seen: Seen) -> tuple[Field, ...]:
    it, claim = seen.stands.entry, seen.stands.entry.claim
    found = [
        Field(t("When"), Text((When(claim.started, Style.DATE),))),
        Field(t("Minutes"), minutes_words(t, claim.minutes)),
        Field(t("Kind"), t.say(kind_words(claim.kind))),
        Field(t("Waits since"), Text((When(seen.stands.since, Style.DAY),))),
    ]
    if it.needed > 1:
        found.append(Field(t("Approvals"), t("{n} of {many}", n=len(it.approvals), many=it.needed)))
    if it.standing is Standing.PLANNED:
        found.append(Field(t("What it is"), t("a plan: it is still to come")))
    return tuple(found)


def _decisions(t: Translate, seen: Seen) -> tuple[Button, ...]:
    it = seen.stands.entry
    row = row_of(it.id, it.revision)
    if seen.barred is not None:
        may_allow = seen.administers and seen.barred == WHY[Why.RING]
        return (Button(t("Allow it"), "credit.ring", row),) if may_allow else ()
    if it.standing in IN_QUEUES:
        return (
            Button(t("Approve"), "credit.approve", row, Look.PRIMARY),
            Button(t("Other minutes"), "credit.adjust", row),
            Button(t("Return"), "credit.return", row),
            Button(t("Deny"), "credit.deny", row, Look.DANGER),
        )
    if it.standing in COUNTS:
        revoke = Button(t("Revoke"), "credit.revoke", row, Look.DANGER)
        if it.standing is not Standing.APPROVED:
            return (revoke,)
        return (Button(t("Correct the minutes"), "credit.adjust", row), revoke)
    return ()


def decided(t: Translate, seen: Seen, said: Text) -> Card:
    """Say what was decided, with the way back."""
    row = row_of(seen.stands.entry.id, seen.stands.entry.revision)
    undo: list[Button] = []
    if seen.stands.entry.standing not in {*IN_QUEUES, Standing.RETURNED}:
        undo.append(Button(t("Take it back"), "credit.reopen", row))
    undo.append(Button(t("Next in the queue"), "credit.next", look=Look.PRIMARY))
    title = t("{who}: {title}", who=seen.who, title=title_of(t, seen.stands, 90))
    return Card(
        shortened(title, limits.CARD_TITLE), (Paragraph(said), Actions(tuple(undo))), Tone.GOOD
    )


def batch(
    t: Translate, found: Batch, lines: Sequence[Text], left: Sequence[tuple[Stands, str]]
) -> Card:
    """Show a batch: which of it are looked at one by one, and what is approved then."""
    many = len(found.entries)
    said = t.n(
        "These are the {n} that wait longest. Before they are approved together, look at those that"
        " were drawn: I keep by which number they were drawn, so that anybody can check it.",
        "These are the {n} that wait longest. Before they are approved together, look at those that"
        " were drawn: I keep by which number they were drawn, so that anybody can check it.",
        many,
    )
    body: list[Block] = [
        Paragraph(said),
        Paragraph(shortened(joined(lines, "\n"), limits.TEXT_BLOCK)),
    ]
    if left:
        options = tuple(
            Option(
                row_of(each.entry.id, each.entry.revision),
                shortened(joined((verbatim(who), title_of(t, each)), ": "), limits.OPTION_LABEL),
            )
            for each, who in left[: limits.OPTIONS]
        )
        body.append(
            Actions((Select(t("Look at this one …"), "credit.sample", options, str(found.id)),))
        )
    else:
        label = t.n("Approve this {n}", "Approve these {n}", many)
        body.append(Actions((Button(label, "credit.together", str(found.id), Look.PRIMARY),)))
    body.append(Paragraph(t("Drawn by {seed}", seed=found.seed), quiet=True))
    return Card(t("Approve several"), tuple(body), Tone.QUESTION)


def sampled(t: Translate, seen: Seen, number: int) -> Card:
    """Show one that was drawn, with its word for the batch."""
    row = row_of(seen.stands.entry.id, seen.stands.entry.revision)
    shown = one(t, seen)
    words = tuple(each for each in shown.blocks if not isinstance(each, Actions))
    buttons = (
        Button(t("It is right"), "credit.right", f"{number}.{seen.stands.entry.id}", Look.PRIMARY),
        Button(t("Return"), "credit.return", row),
    )
    return Card(shown.title, (*words, Actions(buttons)), Tone.QUESTION)


def together(t: Translate, done: int, not_done: Sequence[tuple[str, Sentence]]) -> Card:
    """Say how many of a batch were approved, and why others were not."""
    body = [
        Paragraph(t("{title}: {why}", title=short_words(title, 80), why=t.say(why)))
        for title, why in not_done[:10]
    ]
    return Card(t.n("{n} entry approved", "{n} entries approved", done), tuple(body), Tone.GOOD)
