"""Where licences stand: each number with its rule and source, and that only the licence office decides."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from plnbot.credit.cards.words import CHECK
from plnbot.credit.store.licences import HeldLicence
from plnbot.policies import Decision, Outcome, Part, Policy, Statement, Why, asks_of
from plnbot.policies.rules import Status
from plnbot.policy_words import OUTCOMES, amount, why
from plnbot.policy_words.names import listed, named
from plnbot.talk import limits
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Field,
    Fields,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import shortened
from plnbot.talk.text import Text, joined, verbatim
from plnbot.talk.words import Translate, msg

_MOST_KINDS, _MOST_RULES = 8, 3
_REFUSED = msg("valid learning, no licence credit here")


def statement(t: Translate, licence: HeldLicence, found: Statement | None) -> Card:
    """Show where one licence stands: what is needed, counts, waits, is held, is over, and what is left."""
    if found is None:
        said = t("The rules of this licence are not here any more: choose others.")
        return Card(verbatim(licence.policy), (Paragraph(said), Actions((_change(t, licence),))))
    policy = found.policy
    body: list[Block] = []
    if policy.stands is not None:
        body.append(Paragraph(shortened(verbatim(policy.stands.said(t.locale)), limits.TEXT_BLOCK)))
    else:
        body.append(Fields(tuple(_facts(t, found))))
        missing = [
            verbatim(each.title.said(t.locale))
            for each in found.standings
            if each.required and each.met is False
        ]
        if missing:
            body.append(
                Paragraph(shortened(t("Still missing: {what}", what=joined(missing, "; ")), 900))
            )
    body += map(Paragraph, _of_holder(t, licence, found))
    body.append(
        Paragraph(
            t(
                "By {policy}, looked at on {day}.",
                policy=policy.cite,
                day=policy.checked.isoformat(),
            ),
            quiet=True,
        )
    )
    body.append(Paragraph(t.say(CHECK), quiet=True))
    body.append(Actions(_buttons(t, licence, policy)))
    tone = Tone.GOOD if found.complete else Tone.PLAIN
    return Card(
        shortened(verbatim(policy.name.said(t.locale)), limits.CARD_TITLE), tuple(body), tone
    )


def times(t: Translate, licence: HeldLicence) -> Sequence[Text]:
    """Return a line for each time in which a licence's holder was employed otherwise."""
    lines = []
    for each in licence.holder.stretches:
        how = [named(t, each.held.employment)] if each.held.employment else []
        if each.held.percent is not None:
            how.append(t("{n} per cent of full time", n=each.held.percent).bare())
        since, said = each.since.isoformat(), ", ".join(how)
        if each.until is None:
            lines.append(t("From {since} on: {how}", since=since, how=said))
        else:
            until = each.until.isoformat()
            lines.append(t("From {since} to {until}: {how}", since=since, until=until, how=said))
    return lines


def _of_holder(t: Translate, licence: HeldLicence, found: Statement) -> Iterator[Text]:
    """Yield what the rules ask about who holds a licence and is not known yet."""
    asks, holder = asks_of(found.policy), licence.holder
    unknown = (
        (asks.birth_month and holder.birth_month is None, t("the month in which you were born")),
        (bool(asks.employment) and not holder.employment, t("how you are employed")),
        (asks.fte and holder.percent is None, t("your part of full time")),
    )
    if missing := [words for is_missing, words in unknown if is_missing]:
        yield t("These rules also go by {what}: tell me.", what=joined(missing, ", "))
    if unsigned := [verbatim(each.title.said(t.locale)) for each in found.to_sign]:
        said = t("Not signed yet: {what}", what=joined(unsigned, "; "))
        yield shortened(said, limits.TEXT_BLOCK)
    if otherwise := times(t, licence):
        said = t("Employed otherwise: {times}", times=joined(otherwise, "; "))
        yield shortened(said, limits.TEXT_BLOCK)


def _buttons(t: Translate, licence: HeldLicence, policy: Policy) -> tuple[Button | PageButton, ...]:
    number, asks = str(licence.id), asks_of(policy)
    otherwise = Button(t("Employed otherwise for a time"), "credit.otherwise", number)
    ask = Button(t("What the rules ask of you"), "credit.holder", number)
    sure = t("Take this licence out? Your hours and decisions stay.")
    return (
        PageButton(t("Every number and its rule"), "credit.licence", number),
        _change(t, licence),
        *((ask,) if asks else ()),
        *((otherwise,) if asks.employment or asks.fte else ()),
        Button(t("Take it out"), "credit.unlicensed", number, confirm=sure),
    )


def _change(t: Translate, licence: HeldLicence) -> Button:
    return Button(t("Change"), "credit.relicense", str(licence.id))


def _facts(t: Translate, found: Statement) -> Iterator[Field]:
    policy = found.policy
    if found.needed is not None:
        yield Field(t("Needed"), amount(t, policy.unit, found.needed))
    for label, minutes in (
        (t("Counted"), found.counted),
        (t("Waits for approval"), found.pending),
        (t("Held"), found.held),
        (t("Over a maximum"), found.capped),
    ):
        if minutes or label == t("Counted"):
            yield Field(label, amount(t, policy.unit, minutes))
    if found.needed is not None:
        yield Field(t("Missing"), amount(t, policy.unit, found.missing))
    if found.days_left is not None:
        yield Field(t("Days left"), verbatim(str(found.days_left)))
    if found.forecast is not None:
        yield Field(t("At this pace, at the end"), amount(t, policy.unit, found.forecast))


def rule_lines(t: Translate, found: Statement) -> Sequence[Text]:
    """Return a line for each requirement and each maximum: what is there or left, by which rule and source."""
    lines = []
    for each in found.standings:
        met = t("met") if each.met else t("open")
        if each.met is None:
            met = t("ask your licence office")
        if not each.required:
            met = t("not asked of you")
        title = verbatim(each.title.said(t.locale))
        lines.append(
            t(
                "{title}: {counted} of {needed} · {met} · rule {rule}, {source}",
                title=title,
                counted=_said(t, found.policy, each.counted, each.of),
                needed=_said(t, found.policy, each.needed, each.of),
                met=met,
                rule=each.rule,
                source=each.source or "–",
            )
        )
    for room in found.rooms:
        which = room.cap.which
        if what := listed(t, sorted(which.kinds or which.tags)[:_MOST_KINDS]):
            lines.append(
                t(
                    "{what}: {left} left of {most} · rule {rule}, {source}",
                    what=what,
                    left=amount(t, found.policy.unit, room.left),
                    most=amount(t, found.policy.unit, room.most),
                    rule=room.cap.id,
                    source=room.source or "–",
                )
            )
    return lines


def _said(t: Translate, policy: Policy, many: Decimal, of: str) -> Text:
    """Return how much of something there is, in the unit of a policy where it is time."""
    if of == "minutes":
        return amount(t, policy.unit, int(many))
    return verbatim(f"{many.normalize():f}")


def treated(t: Translate, found: Statement, decision: Decision) -> Text:
    """Return what a policy makes of one entry: each part with its reason, rule and source."""
    parts = [
        _part(t, found.policy, each)
        for each in decision.parts
        if each.minutes or each.why is not Why.COUNTED
    ]
    name = found.policy.name.said(t.locale)
    said = t("{policy}: {parts}", policy=name, parts=joined(parts or [t("nothing")], " · "))
    if any(each.outcome is Outcome.REFUSED for each in decision.parts):
        kinds = _accepted(t, found.policy)
        if kinds:
            said += t(" What would count: {kinds}.", kinds=joined(kinds, "; "))
    return said


def _part(t: Translate, policy: Policy, part: Part) -> Text:
    said = t(
        "{amount} {outcome}",
        amount=amount(t, policy.unit, part.minutes),
        outcome=t.say(_REFUSED if part.outcome is Outcome.REFUSED else OUTCOMES[part.outcome]),
    )
    if part.why is not Why.COUNTED:
        said = t("{said}: {why}", said=said, why=why(t, policy, part))
    elif part.says:
        said = t("{said}: {why}", said=said, why=part.says.said(t.locale))
    if part.rule:
        said += t(" (rule {rule}, {source})", rule=part.rule, source=part.source or "–")
    return said


def _accepted(t: Translate, policy: Policy) -> Sequence[Text]:
    """Return what would count: kinds, and with whom where that is asked."""
    found = []
    for which in (each.which for each in policy.accepts if each.status is Status.YES):
        kinds = listed(t, sorted(which.kinds)[:_MOST_KINDS])
        whose = listed(t, sorted(which.providers))
        if kinds and whose:
            found.append(t("{kinds}, with {whose}", kinds=kinds, whose=whose))
        elif kinds:
            found.append(verbatim(kinds))
    return found[:_MOST_RULES]


def row(t: Translate, licence: HeldLicence, found: Statement | None) -> Card:
    """Return a licence as a row of a list that leads to its page."""
    leads = Actions((PageButton(t("Open"), "credit.licence", str(licence.id)),))
    if found is None:
        return Card(verbatim(licence.policy), (leads,))
    policy = found.policy
    said = [t("nothing is asked by number")]
    if found.needed is not None:
        counted, needed = (amount(t, policy.unit, each) for each in (found.counted, found.needed))
        said = [t("{counted} of {needed}", counted=counted, needed=needed)]
    if found.days_left is not None:
        said.append(t.n("{n} day left", "{n} days left", found.days_left))
    name = shortened(verbatim(policy.name.said(t.locale)), limits.CARD_TITLE)
    return Card(name, (Paragraph(joined(said, " · ")), leads))


def none_yet(t: Translate) -> Card:
    """Say how a licence comes to stand here."""
    said = t("Tell me of your licence, and I show what it needs, what counts, and by which rule.")
    add = Actions((Button(t("Add a licence"), "credit.license"),))
    return Card(t("Your licences"), (Paragraph(said), add))


def another(t: Translate) -> Card:
    """Lead to one more licence."""
    said = t("Several licences and cycles share one log.")
    add = Actions((Button(t("Add a licence"), "credit.license"),))
    return Card(t("Another licence"), (Paragraph(said), add))
