"""What members fill in about their hours, and how that is read as a wish."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from plnbot.credit.actions.sending import Wish
from plnbot.credit.model.entries import Claim
from plnbot.credit.sentences import KINDS, PROVIDERS
from plnbot.credit.store.ledger import Stands
from plnbot.engine.routes import Context, Values
from plnbot.talk.cards import Option
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    DateInput,
    Form,
    NumberInput,
    TextInput,
)
from plnbot.walltime import instant, local

LONGEST_TITLE, LONGEST = 150, 3000
_MOST_MINUTES = 1440
_DAY = timedelta(days=1)


def kind_options(ctx: Context) -> tuple[Option, ...]:
    """Return the kinds that one chooses from."""
    return tuple(Option(name, ctx.t.say(words)) for name, words in KINDS.items())


def provider_options(ctx: Context) -> tuple[Option, ...]:
    """Return the kinds of who held something."""
    return tuple(Option(name, ctx.t.say(words)) for name, words in PROVIDERS.items())


def log_form(
    ctx: Context, name: str, stands: Stands | None, *, title: str = "", row: str = ""
) -> Form:
    """Return the short form: title, day, minutes, kind, who held it, one sentence."""
    t, claim = ctx.t, stands.entry.claim if stands else None
    words: Mapping[str, object] = stands.words if stands else {}
    inputs: tuple[AnyInput, ...] = (
        TextInput(
            name="title",
            label=t("What was it?"),
            hint=t("As it is to stand in your transcript"),
            required=True,
            most=LONGEST_TITLE,
            value=str(words.get("title", title))[:LONGEST_TITLE],
        ),
        _day_input(ctx, claim),
        NumberInput(
            name="minutes",
            label=t("How many minutes?"),
            hint=t("Without breaks; 90 is an hour and a half"),
            required=True,
            least=-_MOST_MINUTES,
            most=_MOST_MINUTES * 365,
            such_as=90,
            value=Decimal(claim.minutes) if claim else None,
        ),
        ChoiceInput(
            name="what_kind",
            label=t("What kind?"),
            options=kind_options(ctx),
            value=claim.kind if claim and claim.kind in KINDS else "",
            required=True,
        ),
        ChoiceInput(
            name="provider",
            label=t("Who held it?"),
            hint=t("Many licences count only some of these."),
            options=provider_options(ctx),
            value=claim.provider if claim and claim.provider in PROVIDERS else "",
        ),
        _reflection(ctx, words),
    )
    return Form(
        name, t("Change") if stands else t("Log hours"), inputs, t("Send in"), row, keeps=True
    )


def _reflection(ctx: Context, words: Mapping[str, object]) -> TextInput:
    return TextInput(
        name="reflection",
        label=ctx.t("In a sentence: what do you take along?"),
        hint=ctx.t("Your approver reads this."),
        long=True,
        most=LONGEST,
        value=str(words.get("reflection", "")),
    )


def _day_input(ctx: Context, claim: Claim | None) -> DateInput:
    day = local(claim.started, ctx.person.zone).date() if claim else None
    hint = ctx.t("May stay empty: then it was today.")
    return DateInput(name="day", label=ctx.t("On which day?"), hint=hint, value=day)


def read_log(ctx: Context, values: Values, stands: Stands | None, *, planned: bool = False) -> Wish:
    """Return what such a form says; what it does not ask for stays as it stands."""
    today = local(ctx.now, ctx.person.zone).date()
    given, minutes = values["day"], int(Decimal(str(values["minutes"])))
    day = given if isinstance(given, date) else today
    words = {
        **(dict(stands.words) if stands else {}),
        "title": str(values["title"]),
        "reflection": str(values["reflection"] or ""),
    }
    begins = instant(datetime.combine(day, time()), ctx.person.zone)
    ends = instant(datetime.combine(day + _DAY, time()), ctx.person.zone)
    if day == today and not planned:
        ends = ctx.now
        begins = min(begins, ends - timedelta(minutes=max(minutes, 1)))
    held_by = str(values["provider"] or "")
    claim = Claim(str(values["what_kind"]), begins, ends, minutes, provider=held_by)
    if stands is not None:
        before = stands.entry.claim
        its_day = local(before.started, ctx.person.zone).date()
        span = (before.ended - before.started) // timedelta(minutes=1)
        keeps = its_day == day and minutes <= span
        claim = replace(
            before,
            kind=claim.kind,
            provider=held_by or before.provider,
            minutes=minutes,
            started=before.started if keeps else begins,
            ended=before.ended if keeps else ends,
            split=before.split if minutes == before.minutes else {},
        )
    return Wish(claim, words, planned=planned)


def shared_words(words: Mapping[str, object]) -> Mapping[str, str]:
    """Return of an entry's words those that its approver sees, by what they are."""
    shares = words.get("shares", ["reflection"])
    allowed = set(shares) if isinstance(shares, list) else set()
    found = {name: str(words.get(name, "")) for name in ("what", "provider", "number", "place")}
    if "reflection" in allowed:
        found["reflection"] = str(words.get("reflection", ""))
    said = words.get("said", [])
    if "said" in allowed and isinstance(said, list):
        found["said"] = "\n".join(map(str, said))
    return {name: each for name, each in found.items() if each}
