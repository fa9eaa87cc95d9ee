"""A policy as values: what is asked, what counts for how much, and where that is written.

Credit is counted in whole minutes: a unit says how many minutes one of it is, so that 22.5 points are 1,350
and one and a half continuing education units 900, exactly.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from plnbot.values import dataclass

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """Words by language; English is always there."""

    by_language: Mapping[str, str]

    def said(self, locale: str) -> str:
        """Return them in this language, or in English."""
        return self.by_language.get(locale, self.by_language[ENGLISH])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written, as of when, and how sure that is: R, A, D or S."""

    id: str
    title: str
    as_of: str
    confidence: str
    address: str = ""


class Per(StrEnum):
    """Over which time something is added up."""

    CYCLE = "cycle"
    YEAR = "year"
    ENTRY = "entry"
    LIFE = "life"


class Status(StrEnum):
    """What a policy says to a kind of learning."""

    YES = "yes"
    NO = "no"
    ASK = "ask"
    """The licence office has to be asked."""
    DISTRICT = "district"
    """A district decides; until its overlay says so it is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """For which licences a rule is there. All that is set has to hold."""

    classes: frozenset[str] = frozenset()
    employment: frozenset[str] = frozenset()
    attested: frozenset[str] = frozenset()
    issued_since: date | None = None
    issued_before: date | None = None
    ends_since: date | None = None
    ends_before: date | None = None
    fte_below: Decimal | None = None
    days_to: int | None = None
    """Taught on no more than so many days."""
    days_below: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which entries a rule is about. All that is set has to hold; `since` is the first day, `before` none."""

    kinds: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    all_tags: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()
    not_providers: frozenset[str] = frozenset()
    employment: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    measure: str = ""
    in_person: bool | None = None
    approved: bool | None = None
    since: date | None = None
    before: date | None = None
    least_minutes: int | None = None


EVERY = Which()
ALWAYS = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: its id, its sources, words about it, and for whom it is there.

    `doubt`: its figure is not sure, so what hangs on it is held. `suspended`: it stands and is not asked.
    """

    id: str
    sources: tuple[str, ...]
    says: Words | None = None
    doubt: bool = False
    suspended: bool = False
    when: When = ALWAYS
    unless: When | None = None
    which: Which = EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Require(Rule):
    """A minimum. A need is one over everything, of which the highest holds.

    Of these one is set: `minutes`, `yearly` for each whole year of the period, `percent` of what is needed, `count` of entries, `amount` of a measure.
    `each` asks for so many minutes in every tag, `distinct` for so many tags (with `each` in each of them).
    `months` reaches so far back before the end of the period. `beside`: its hours count for it alone.
    """

    title: Words
    need: bool = False
    minutes: int | None = None
    yearly: int | None = None
    percent: Decimal | None = None
    count: int | None = None
    amount: Decimal | None = None
    each: int | None = None
    distinct: int | None = None
    per: Per = Per.CYCLE
    months: int | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Rule):
    """A maximum: of `minutes`, or a `percent` of what is required, or of what is earned in all."""

    minutes: int | None = None
    percent: Decimal | None = None
    of_earned: bool = False
    per: Per = Per.CYCLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Rule):
    """What something gives that is not its minutes: `gives` for each of a measure or entry, or `times` them.

    `authority`: only where one granted it. `split` divides it over tags, in minutes.
    """

    gives: int | None = None
    each: str = "entry"
    times: Decimal | None = None
    first_only: bool = False
    by: str = "title"
    """By what two are the same, where it holds for the first only."""
    authority: bool = False
    split: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Rule):
    """Whether something counts, and what must be there for it; the first that fits holds."""

    status: Status = Status.YES
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Rule):
    """Tags that a policy gives to some entries, so that its own categories follow from kinds, roles or standards."""

    adds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Rule):
    """What counts only the first time: by its `title`, `topic` or `kind`, in the period or a year."""

    by: str = "title"
    per: Per = Per.CYCLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(Rule):
    """So many minutes must come together, by `topic` or by tag, before any of them counts."""

    minutes: int
    by: str = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Rule):
    """How many approvals are needed, before something takes place and after; the first that fits holds."""

    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest(Rule):
    """Something to be signed: it blocks all `credit`, what was done before it, the `renewal`, or nothing.

    `months` is how long after the start of the period there is for it; `day` is a day of each year.
    """

    title: Words
    blocks: str = "renewal"
    per: Per = Per.CYCLE
    months: int | None = None
    day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Rule):
    """One of several ways: what it asks, by the ids of requirements and attestations. Any one is enough."""

    title: Words
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra(Rule):
    """What each further licence adds: to the need, and of its own `tag` (`{licence}` is its name)."""

    adds: int = 0
    minutes: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Rule):
    """Another length of the period, in months, for some licences."""

    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive(Rule):
    """What some are not asked for: these requirements, or all where none is named."""

    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry(Rule):
    """What of the period before counts here: what was above its need, of its last `months`, up to `minutes`."""

    months: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prorate(Rule):
    """Needs go by the part of full time, and of the period, never under `floor` minutes."""

    floor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retain(Rule):
    """How long what proves it is kept: `months` from the activity, the period's end or the renewal, and by whom."""

    months: int
    clock: str = "period"
    keeper: str = "holder"


@dataclass(frozen=True, slots=True)
class Rounding:
    """Each entry is rounded to whole steps of minutes."""

    step: int = 1
    to: str = "down"
    doubt: bool = False
    """Whether it is rounded is not sure: what is not a whole step is held."""


@dataclass(frozen=True, slots=True)
class Unit:
    """In what a policy counts: how it is called, how many minutes it is, what is taken out before."""

    code: str
    name: Words
    minutes: int
    rounding: Rounding = Rounding()
    excludes: frozenset[str] = frozenset()

    def of(self, minutes: int) -> Decimal:
        """Return minutes in this unit, to two places; never more than there is."""
        exact = Decimal(minutes) / self.minutes
        return exact.quantize(Decimal("0.01"), ROUND_DOWN).normalize() + 0


@dataclass(frozen=True, slots=True)
class Cycle:
    """From when to when it is counted.

    `anchor`: the day of `issue`, a fixed `day` of the year, the `birth` month, or `none`. `first`: whether the
    fixed day is the first one after the issue or before it. `early`: credit counts from the issue already.
    `year` is the day on which its years begin; None: with the period.
    """

    anchor: str
    months: int | None
    day: tuple[int, int] = (7, 1)
    first: str = "after"
    early: bool = True
    year: tuple[int, int] | None = None
    window: int | None = None
    """Renewal may be asked for so many months before the end."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy. `cite` names it with its version; `digest` is of what it says."""

    id: str
    version: str
    digest: str
    name: Words
    jurisdiction: str
    effective: date
    checked: date
    confidence: str
    note: Words | None
    stands: Words | None
    """The sentence where nothing is asked."""
    extends: str
    unit: Unit
    cycle: Cycle
    overlap: str
    """How one hour meets several requirements: `any`, `one` of them, or `split` over them."""
    sources: Mapping[str, Source]
    requires: tuple[Require, ...] = ()
    caps: tuple[Cap, ...] = ()
    awards: tuple[Award, ...] = ()
    accepts: tuple[Accept, ...] = ()
    tags: tuple[Tagging, ...] = ()
    onces: tuple[Once, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    approvals: tuple[Approval, ...] = ()
    attests: tuple[Attest, ...] = ()
    routes: tuple[Route, ...] = ()
    extras: tuple[Extra, ...] = ()
    lengths: tuple[Length, ...] = ()
    waives: tuple[Waive, ...] = ()
    carries: tuple[Carry, ...] = ()
    prorates: tuple[Prorate, ...] = ()
    retains: tuple[Retain, ...] = ()
    district_may: frozenset[str] = field(default=frozenset())
    """What a district's overlay may define itself: `accept`, `award`, `cap`."""

    @property
    def cite(self) -> str:
        """How it is cited: policy@version."""
        return f"{self.id}@{self.version}"

    @property
    def asks_nothing(self) -> bool:
        """Whether its answer is a sentence and no number."""
        return self.stands is not None

    @property
    def routed(self) -> frozenset[str]:
        """What some route asks: not everybody has to meet it."""
        return frozenset(name for each in self.routes for name in each.asks)

    def rules(self) -> Mapping[str, Rule]:
        """Return every rule by its id."""
        kinds: tuple[tuple[Rule, ...], ...] = (
            *(self.requires, self.caps, self.awards, self.accepts, self.onces, self.bundles),
            *(self.approvals, self.attests, self.routes, self.extras, self.lengths, self.waives),
            *(self.carries, self.prorates, self.retains, self.tags),
        )
        return {rule.id: rule for rules in kinds for rule in rules}
