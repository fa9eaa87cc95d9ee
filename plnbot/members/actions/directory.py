"""Who people are: the engine's `Directory`, and how workspaces and accounts come to be known."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select

from plnbot.engine import audit, notices, people, roles
from plnbot.engine.people import PeopleHooks
from plnbot.engine.ports import Covers, Network, Person, Told
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.actions import joining
from plnbot.quiet import Quiet, Rest
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Interaction
from plnbot.talk.text import clean, is_seen
from plnbot.talk.words import msg, nearest_locale
from plnbot.values import dataclass
from plnbot.visibility import Seen
from plnbot.walltime import UnknownZoneError, zone_named

LONGEST_NAME = 80


def make_network(tx: Tx, name: str, locale: str, zone: str, now: datetime) -> Network:
    """Make a network."""
    return store.new_network(tx, name, locale, zone, now)


def attach_workspace(tx: Tx, belongs: Network, platform: str, workspace: str) -> None:
    """Let a workspace belong to a network; raises `Refused` when it belongs to another."""
    there = store.network_of(tx, platform, workspace)
    if there is None:
        store.attach(tx, belongs.id, platform, workspace)
    elif there.id != belongs.id:
        raise Refused(msg("This workspace belongs to another network already."))


def tidy_name(name: str, otherwise: str) -> str:
    """Return a name on one line that fits everywhere; one of which nothing is to be seen is none."""
    words = " ".join(clean(name).replace("\ufffd", "").split())[:LONGEST_NAME]
    return words if is_seen(words) else otherwise


@dataclass(frozen=True, slots=True)
class Members:
    """The engine's `Directory`.

    `renamed` are told of members who are called otherwise, `gone` of those who have left with an
    account, whatever it was that they had open by it; `hooks` are what capabilities declare.
    """

    renamed: Sequence[Callable[[Tx, Person, datetime], None]] = ()
    gone: Sequence[Callable[[Tx, Person, datetime], None]] = ()
    hooks: Sequence[PeopleHooks] = ()

    def resolve(self, tx: Tx, interaction: Interaction, now: datetime) -> Person:
        """Return who did this; somebody new in a known workspace becomes a member."""
        who = interaction.who
        known = store.by_ref(tx, who)
        if known is None and store.has_left(tx, who, None):
            known = store.by_ref(tx, who)  # and is back
            if known is not None:
                people.back(self.hooks, tx, known, now)
        if known is None:
            known = self._made_known(tx, interaction, now)
        else:
            known = self._called(tx, known, interaction.name, now)
        if interaction.leads:
            _administers(tx, known, now)
        return known

    def _made_known(self, tx: Tx, interaction: Interaction, now: datetime) -> Person:
        who = interaction.who
        belongs = store.network_of(tx, who.platform, who.workspace)
        if belongs is None:
            raise Refused(
                msg("This workspace is not connected to a network yet. Ask your administrator.")
            )
        name = tidy_name(interaction.name or interaction.handle, who.user[:LONGEST_NAME])
        locale = nearest_locale(interaction.locale, belongs.locale)
        try:
            zone = zone_named(interaction.zone) if interaction.zone else belongs.zone
        except UnknownZoneError:
            zone = belongs.zone
        return store.new_member(tx, belongs, who, name, locale=locale, now=now, zone=zone)

    def _called(self, tx: Tx, known: Person, name: str, now: datetime) -> Person:
        """Return a member as they are called now."""
        name = tidy_name(name, known.name)
        if name == known.name:
            return known
        store.change_member(tx, known.id, name=name)
        renamed = replace(known, name=name)
        for tell in self.renamed:
            tell(tx, renamed, now)
        tx.announce(f"member:{known.id}")
        return renamed

    def left(self, tx: Tx, ref: MemberRef, now: datetime) -> None:
        """Note that an account left its workspace: until it comes back, nobody is behind it."""
        person = store.by_ref(tx, ref)
        if person is None or not store.has_left(tx, ref, now):
            return
        for tell in self.gone:
            tell(tx, person, now)
        people.left(self.hooks, tx, person, now)

    def known(self, tx: Tx, ref: MemberRef) -> Person | None:
        """Return who this account is, or None."""
        return store.by_ref(tx, ref)

    def by_id(self, tx: Tx, person: int, platform: str = "") -> Person | None:
        """Return a member by id, on the account of `platform` when they have one there."""
        return store.by_id(tx, person, platform)

    def by_ids(self, tx: Tx, people: Collection[int], platform: str = "") -> Mapping[int, Person]:
        """Return those of these members who are there, by their ids and in that order."""
        found = store.by_ids(tx, people, platform) if people else {}
        return {each: found[each] for each in people if each in found}

    def accounts(self, tx: Tx, person: int) -> Sequence[MemberRef]:
        """Return the accounts of a member that are still in their workspaces."""
        return store.accounts_of(tx, person)

    def told(self, tx: Tx, people: Collection[int], *, seen_by: Seen) -> Mapping[int, Told]:
        """Return what members told of themselves, as far as it may be used for a purpose."""
        return store.told_by(tx, people, seen_by)

    def lies_in(self, tx: Tx, people: Collection[int]) -> Mapping[int, frozenset[str]]:
        """Return in which districts and schools members are, as scopes of roles."""
        return store.lies_in(tx, people)

    def within(self, network: int, reach: Covers) -> Select[tuple[int]]:
        """Return a query of the numbers of the members that somebody's roles cover."""
        return store.in_reach(network, reach)

    def quiet_hours(self, tx: Tx, person: int) -> Quiet:
        """Return when a member is not to be disturbed, by their own clock."""
        return store.quiet_hours_of(tx, person)

    def still_here(self, tx: Tx, people: Collection[int]) -> Mapping[int, Person]:
        """Return those of these members who have an account left in its workspace."""
        return store.by_ids(tx, people, left_too=False)

    def on_leave(self, tx: Tx, people: Collection[int], now: datetime) -> frozenset[int]:
        """Return who of these is on leave: not to be asked, counted as missing or matched."""
        return notices.on_leave(tx, people, now)

    def free_after(self, tx: Tx, person: int, wanted: datetime) -> datetime:
        """Return the first moment from `wanted` on outside a member's quiet hours and leave.

        Where all of their week is quiet, that is `wanted` itself.
        """
        whose = store.by_id(tx, person, "")
        if whose is None:
            return wanted
        leave = notices.wish_of(tx, person).leave
        rest = Rest(whose.zone, self.quiet_hours(tx, person), leave)
        return rest.first_free(wanted) or wanted

    def network_of(self, tx: Tx, place: Place) -> Network | None:
        """Return the network a workspace belongs to."""
        return store.network_of(tx, place.platform, place.workspace)

    def workspaces(self, tx: Tx, platform: str) -> Sequence[str]:
        """Return the workspaces of a platform that belong to a network."""
        return store.workspaces_on(tx, platform)

    def in_workspace(self, tx: Tx, platform: str, workspace: str) -> Sequence[Person]:
        """Return everybody with an account in this workspace, by name."""
        return store.in_workspace(tx, platform, workspace)

    def settle(
        self, tx: Tx, platform: str, workspace: str, name: str, now: datetime, *, joins: bool = True
    ) -> Network:
        """Return the network of a workspace, which gets one at its first connection.

        The first workspace of a platform joins the first network, where it may; each further one
        gets a network of its own, because nobody has said that they know each other. Where one may
        not and could, the first network's administrators are asked.
        """
        there = store.network_of(tx, platform, workspace)
        if there is not None:
            return there
        first, name = store.first_network(tx), tidy_name(name, workspace)
        could = first is not None and not store.is_on(tx, first.id, platform)
        if first is not None and joins and could:
            attach_workspace(tx, first, platform, workspace)
            return first
        locale, zone = (first.locale, first.zone) if first else ("en", "UTC")
        own = make_network(tx, name, locale, zone, now)
        attach_workspace(tx, own, platform, workspace)
        if first is not None and could:
            joining.ask(tx, first, platform, workspace, name=name, now=now)
        return own


def _administers(tx: Tx, person: Person, now: datetime) -> None:
    """Let who administers a workspace administer its network, where nobody there does yet."""
    ref = person.ref
    administrators = roles.holders(tx, person.network.id, [Role.ADMINISTRATOR], now=now)
    if store.any_in_workspace(tx, administrators, ref.platform, ref.workspace):
        return
    # Where their role was ended, whoever administers the network still can give it to them again.
    if not administrators or not _administered_once(tx, person):
        for role in (Role.ADMINISTRATOR, Role.MODERATOR):
            roles.grant(tx, person.network.id, person.id, Grant(role), by=None, now=now)
        audit.record(
            tx,
            person.network.id,
            None,
            "role.given",
            f"member:{person.id}",
            now=now,
            role=Role.ADMINISTRATOR.value,
        )
        joining.tell_administrator(tx, person, now)


def _administered_once(tx: Tx, person: Person) -> bool:
    """Return whether somebody's role of an administrator was ended, by whomever or by its date."""
    ended = audit.about(tx, person.network.id, f"member:{person.id}", ("role.taken", "role.ended"))
    return any(each.detail.get("role") == Role.ADMINISTRATOR.value for each in ended)
