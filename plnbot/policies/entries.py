"""What is judged: what somebody did, and the licence it is judged for. No rule is in here."""

from dataclasses import field
from datetime import date
from decimal import Decimal

from plnbot.values import dataclass

FULL = Decimal(1)
EMPLOYED = "employed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done, as its owner logged it and approvers decided.

    `on` is the day it began. `minutes` is how long it took, with its breaks, which `breaks` names with their
    minutes (lunch, travel). `amounts` says what is no time: a semester hour, a day, a talk. `tags` are topics
    and standards; `split` divides the minutes over tags. `topic` joins what belongs together where a rule
    asks for so much in one topic. `provider` is whose it was, by kind (`approved`, `district`, `self` …).
    `has` is what is there for it (`evidence`, `certificate`, `attendance`, `product` …). `asked` and
    `approved` are how many approvals were given before it took place and after.
    `granted` says that an authority gave it; `declined` that an approver said no.
    """

    id: str
    on: date
    minutes: int
    kind: str
    title: str = ""
    role: str = "attended"
    tags: frozenset[str] = frozenset()
    topic: str = ""
    provider: str = ""
    in_person: bool = False
    has: frozenset[str] = frozenset()
    asked: int = 0
    approved: int = 0
    granted: bool = False
    declined: bool = False
    breaks: tuple[tuple[str, int], ...] = ()
    amounts: tuple[tuple[str, Decimal], ...] = ()
    split: tuple[tuple[str, int], ...] = ()

    def amount(self, measure: str) -> Decimal:
        """Return how much of a measure it is, 0 where it is none."""
        return dict(self.amounts).get(measure, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """How its holder was employed from one day on, to another one inclusive or until now.

    `status` is a word that policies ask for: `employed` at a school of the jurisdiction, `private_school`,
    `part_time`, `casual`, `substitute`, `aide`, `retired`, `not_employed`. `fte` is the part of full time; `days` how many days were taught in that time, where that is known.
    """

    since: date
    until: date | None = None
    status: str = EMPLOYED
    fte: Decimal = FULL
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Attested:
    """Something that somebody signed, by the id a policy has for it: a plan approved, a board's resolution."""

    id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One licence: since when, for how long, of which classes, and what is known of its holder.

    `expires` is its last day where the paper says one; it goes before what a policy computes. `further` are
    the licences held beside it for which some policies ask more. `route` is the one its holder chose.
    """

    id: str
    issued: date
    expires: date | None = None
    classes: frozenset[str] = frozenset()
    further: tuple[str, ...] = ()
    birth_month: int | None = None
    employment: tuple[Employment, ...] = field(default=())
    attested: tuple[Attested, ...] = field(default=())
    route: str = ""

    def signed(self, what: str) -> date | None:
        """Return on which day something was signed first, None where it was not."""
        return min((each.on for each in self.attested if each.id == what), default=None)

    def status(self, on: date) -> str:
        """Return how its holder was employed on a day: "employed", where nothing was said at all."""
        held = [
            each
            for each in self.employment
            if each.since <= on and (each.until is None or on <= each.until)
        ]
        if held:
            return held[-1].status
        return "" if self.employment else EMPLOYED
