"""What was decided, in sentences: why something counts or does not, and where a licence stands."""

from collections.abc import Iterator, Mapping
from datetime import date

from plnbot.policies import Part, Policy, Statement, Unit, Why
from plnbot.policy_words.names import listed
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, Translate, msg

OFFICE = msg("This is no promise: check with your licence office.")
_WHY: Mapping[Why, Sentence] = {
    Why.COUNTED: msg("Counts."),
    Why.AWARDED: msg("Counts for a set amount."),
    Why.BESIDE: msg(
        "Counts for a training that is asked beside the number, and not for the number."
    ),
    Why.CARRIED: msg("Was above what the period before needed, and counts here."),
    Why.UNKNOWN_KIND: msg("No rule of this policy takes this kind of learning."),
    Why.NOT_ACCEPTED: msg("This kind of learning earns nothing here."),
    Why.EARLIER: msg("It was before this period."),
    Why.LATER: msg("It was after this period."),
    Why.NOT_YET: msg("It has not taken place yet."),
    Why.IMPOSSIBLE: msg("Nothing takes so few minutes."),
    Why.DECLINED: msg("An approver said no to it."),
    Why.AGAIN: msg("Counts only the first time."),
    Why.NOT_GRANTED: msg("Only an authority gives this; it cannot be logged."),
    Why.NOTHING_ASKED: msg("Nothing is counted here, because nothing is asked by number."),
    Why.BREAKS: msg("Breaks, meals and travel do not count here."),
    Why.OFFICE: msg("The rule is not sure enough to say: ask your licence office."),
    Why.DISTRICT: msg("Your district decides whether this counts; it has not said so here."),
    Why.APPROVAL: msg("Waits for an approval."),
    Why.APPROVAL_BEFORE: msg("Had to be approved before it took place."),
    Why.PLAN: msg("Counts once your plan is approved."),
}
CONFIDENCE: Mapping[str, Sentence] = {
    "regulation": msg("read in the regulation"),
    "agency": msg("said by the agency"),
    "district": msg("said by districts"),
    "second-hand": msg("second-hand"),
}


def amount(t: Translate, unit: Unit, minutes: int) -> Text:
    """Return minutes of credit in the unit of a policy, such as `12.5 hours`."""
    return t("{amount} {unit}", amount=f"{unit.of(minutes):f}", unit=unit.name.said(t.locale))


def why(t: Translate, policy: Policy, part: Part) -> Text:
    """Return in one sentence why a part is what it is; the policy's own words where it has some."""
    if part.why is Why.OVER_CAP:
        most = amount(t, policy.unit, int(part.given))
        said = t("No more than {most} of this counts.", most=most)
        return said + verbatim(f" {part.says.said(t.locale)}") if part.says else said
    if part.why is Why.BUNDLE:
        there, least = (amount(t, policy.unit, int(each)) for each in part.given.split("/"))
        return t(
            "{least} must come together before it counts; there are {there}.",
            least=least,
            there=there,
        )
    if part.why is Why.MISSING:
        return t("Something is missing: {what}.", what=listed(t, part.given.split(",")))
    if part.why is Why.BEFORE_PLAN:
        return t("It was before your plan was approved on {day}.", day=part.given)
    if part.why is Why.ROUNDED:
        return t("Counts in steps of {minutes} minutes.", minutes=part.given)
    said = t.say(_WHY[part.why])
    return said + verbatim(f" {part.says.said(t.locale)}") if part.says else said


def stands(t: Translate, policy: Policy) -> Text | None:
    """Return the sentence of a policy that asks nothing, None where it asks."""
    return verbatim(policy.stands.said(t.locale)) if policy.stands else None


def sure(t: Translate, policy: Policy) -> Text:
    """Return how sure a policy is, on which day it was checked, and whom to ask."""
    confidence = t.say(CONFIDENCE.get(policy.confidence, msg("not said")))
    day = policy.checked.isoformat()
    return t("{sure}, checked on {day}. {office}", sure=confidence, day=day, office=t.say(OFFICE))


def stated(t: Translate, statement: Statement, titles: Mapping[str, str]) -> Iterator[Text]:
    """Yield a statement, line by line: sums, requirements, routes, what is to be signed, entries by title."""
    policy, unit = statement.policy, statement.policy.unit
    yield verbatim(f"{policy.name.said(t.locale)} ({policy.cite})")
    yield _stretch(t, statement.since, statement.until)
    if policy.stands:
        yield verbatim(policy.stands.said(t.locale))
    if statement.needed is not None:
        needed, missing = (amount(t, unit, each) for each in (statement.needed, statement.missing))
        yield t("Needed {needed}, missing {missing}.", needed=needed, missing=missing)
    sums = (
        (msg("counted"), statement.counted),
        (msg("waiting for an approval"), statement.pending),
        (msg("held"), statement.held),
        (msg("above a maximum"), statement.capped),
        (msg("not counted"), statement.refused),
        (msg("beside the number"), statement.beside),
    )
    for name, minutes in sums:
        if minutes:
            yield t("{amount} {what}", amount=amount(t, unit, minutes), what=t.say(name))
    yield from _standings(t, statement)
    for entry in statement.decisions:
        for part in entry.parts:
            given = amount(t, unit, part.minutes)
            outcome = t.say(OUTCOMES[part.outcome])
            yield t(
                "{entry}: {amount} {outcome}. {why}",
                entry=titles.get(entry.entry) or entry.entry,
                amount=given,
                outcome=outcome,
                why=why(t, policy, part),
            ) + verbatim(f" [{part.rule}: {part.source}]" if part.source else "")
    yield sure(t, policy)


OUTCOMES: Mapping[str, Sentence] = {
    "counted": msg("counted"),
    "held": msg("held"),
    "capped": msg("above a maximum"),
    "refused": msg("not counted"),
}


def _standings(t: Translate, statement: Statement) -> Iterator[Text]:
    marks = {True: msg("met"), False: msg("not met yet"), None: msg("ask your licence office")}
    for each in statement.standings:
        if each.of == "minutes":
            unit = statement.policy.unit
            pair = verbatim(f"{unit.of(int(each.counted)):f}"), amount(t, unit, int(each.needed))
        else:
            pair = verbatim(f"{each.counted:f}"), verbatim(f"{each.needed:f}")
        counted, needed = pair
        year = f" ({each.since}–{each.until})" if each.since else ""
        yield t(
            "{title}: {counted} of {needed}, {how}",
            title=each.title.said(t.locale) + year,
            counted=counted,
            needed=needed,
            how=t.say(marks[each.met]),
        )
    for way in statement.ways:
        how = t.say(marks[way.met])
        yield t("Route “{title}”: {how}", title=way.title.said(t.locale), how=how)
    for sign in statement.to_sign:
        what = sign.title.said(t.locale)
        if sign.due:
            yield t("To be signed by {day}: {what}.", day=sign.due.isoformat(), what=what)
        else:
            yield t("To be signed: {what}.", what=what)


def _stretch(t: Translate, since: date, until: date | None) -> Text:
    if until is None:
        return t("Since {since}", since=since.isoformat())
    return t("From {since} to {until}", since=since.isoformat(), until=until.isoformat())
