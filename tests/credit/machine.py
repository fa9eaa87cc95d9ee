"""A machine that does to the ledger whatever anybody may, twice and at once too, and what must hold always."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from plnbot.credit.model.entries import (
    COUNTS,
    UNDECIDED,
    Approve,
    By,
    Claim,
    Command,
    Complete,
    Deny,
    Entry,
    Flow,
    Forget,
    Reopen,
    Return,
    Revise,
    Revoke,
    Standing,
    Submit,
    Why,
    Withdraw,
    decide,
)

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
MEMBERS = (1, 2, 3, 4)
FLOWS = (Flow(0, 0), Flow(0, 1), Flow(1, 1), Flow(2, 1), Flow(0, 2), Flow(2, 0))
HOUR = timedelta(hours=1)


def claim(chance: Random, now: datetime, *, ahead: bool = False) -> Claim:
    """Return something that took place, or will."""
    minutes = chance.randint(1, 300)
    ended = now + HOUR * chance.randint(1, 40) if ahead else now - HOUR * chance.randint(0, 400)
    return Claim("plc", ended - timedelta(minutes=minutes), ended, minutes)


@dataclass
class Model:
    """The ledger as a dictionary, moved on by the same decisions, with what was ever true of it."""

    chance: Random
    now: datetime = NOON
    entries: dict[int, Entry] = field(default_factory=dict)
    decided: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    """By network: (who decided, about whom), in this cycle."""
    rings: set[tuple[int, int]] = field(default_factory=set)
    events: int = 0
    steps: int = 0
    last: Command | None = None

    def by(self, member: int, owner: int, instead_of: tuple[int, ...] = ()) -> By:
        """Return who decides, with what bars them."""
        ring = (owner, member) in self.decided.get(1, set())
        allowed = 9 if (member, owner) in self.rings else 0
        return By(member, instead_of, ring, allowed)

    def command(self) -> tuple[int, Command]:
        """Return something that somebody does, right or wrong: often what was done just before."""
        number = self.chance.choice(list(self.entries) or [0])
        if self.chance.random() < 0.15 or not number:
            number = len(self.entries) + 1
            ahead = self.chance.random() < 0.4
            new = Submit(
                number,
                1,
                self.chance.choice(MEMBERS),
                claim(self.chance, self.now, ahead=ahead),
                self.chance.choice(FLOWS),
                ("texas@1",),
                planned=ahead,
            )
            return number, new
        it = self.entries[number]
        who = self.by(
            self.chance.choice(MEMBERS), it.member, self.chance.choice(((), (), (), (4, 1)))
        )
        seen = self.chance.choice((it.revision, it.revision, it.revision, max(it.revision - 1, 1)))
        own = self.chance.choice((it.member, it.member, self.chance.choice(MEMBERS)))
        minutes = self.chance.choice((None, None, 1, it.claim.minutes))
        kinds: list[Command] = [
            Approve(who, seen, minutes),
            Approve(who, seen),
            Approve(who, seen),
            Return(who, seen),
            Deny(who, seen),
            Revoke(who),
            Reopen(who),
            Revise(
                own,
                claim(self.chance, self.now, ahead=self.chance.random() < 0.2),
                self.chance.choice(FLOWS),
                self.chance.choice((("texas@1",), ("texas@2",))),
            ),
            Complete(own, claim(self.chance, self.now)),
            Withdraw(own),
        ]
        if self.chance.random() < 0.02:
            kinds = [Forget()]
        return number, self.chance.choice(kinds)

    def step(self) -> tuple[int, Command, Entry | Why | None]:
        """Do one thing, look at what must hold, and return what was done and what came of it."""
        self.steps += 1
        self.now += timedelta(minutes=self.chance.randint(0, 90))
        if self.chance.random() < 0.03:
            self.rings.add((self.chance.choice(MEMBERS), self.chance.choice(MEMBERS)))
        number, command = self.command()
        return number, command, self.do(number, command)

    def do(self, number: int, command: Command) -> Entry | Why | None:
        """Let a command be, on the model."""
        before = self.entries.get(number)
        after = decide(before, command, self.now)
        if isinstance(after, Entry):
            check(before, command, after)
            self.entries[number] = after
            self.events += 1
            by = getattr(command, "by", None)
            if isinstance(by, By) and not isinstance(command, Reopen):
                self.decided.setdefault(1, set()).add((by.member, after.member))
            again = decide(after, command, self.now)
            # Told twice, as platforms tell: nothing more comes of it.
            assert not isinstance(again, Entry) or same(again, after, command), (
                command,
                after,
                again,
            )
        return after


def same(again: Entry, after: Entry, command: Command) -> bool:
    """Return whether the same command once more leaves things as they are, but for who said it anew."""
    if isinstance(command, Revise | Complete):
        return replace(again, revision=after.revision, standing=after.standing) == replace(
            after, decided_at=again.decided_at
        )
    return replace(again, decided_at=after.decided_at) == after


def check(before: Entry | None, command: Command, after: Entry) -> None:
    """Look whether what may never be is not."""
    assert after.claim.minutes >= 1
    assert after.member not in after.approvals, "nobody approves their own"
    assert after.member not in after.agreed
    assert after.decided_by != after.member
    assert len(set(after.approvals)) == len(after.approvals), "two approvals are two people's"
    if after.standing is Standing.APPROVED:
        asked = after.flow.after if after.agreed else after.flow.of_done
        kept = before is not None and before.standing is Standing.APPROVED
        assert kept or len(after.approvals) >= asked
        assert after.approvals or after.agreed, "nothing is approved that nobody approved"
    if after.standing is Standing.DECLARED:
        assert not after.approvals
        assert not after.decided_by
    if before is not None:
        assert (after.id, after.member, after.network) == (before.id, before.member, before.network)
        assert after.revision >= before.revision
        if after.claim != before.claim:
            assert after.revision > before.revision, "a changed claim is another revision"
        if before.standing not in {*UNDECIDED, *COUNTS}:
            assert isinstance(command, Reopen | Return), "what was decided is locked"
        if before.standing is Standing.APPROVED:
            assert isinstance(command, Approve | Revoke | Reopen), "corrections are an approver's"
            assert before.policies == after.policies, "a changed rule never changes a decided entry"
    by = getattr(command, "by", None)
    if isinstance(by, By):
        assert after.member not in {by.member, *by.instead_of}
        assert not by.ring or by.allowed, "who was decided for does not decide for them"
