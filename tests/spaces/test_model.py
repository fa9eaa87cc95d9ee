"""What is decided about spaces: where people may meet, and what becomes of a message in any order."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from plnbot.refs import MemberRef, Place
from plnbot.spaces.carrying import parts
from plnbot.spaces.model import Heard, Kind, Way, Word, heard, ways
from plnbot.talk.limits import TEXT_BLOCK

_WORKSPACES = (("slack", "T1"), ("slack", "T2"), ("discord", "G1"), ("web", "lobby"))
accounts = st.lists(
    st.sampled_from(_WORKSPACES).map(lambda where: MemberRef(*where, "u")), min_size=1, unique=True
)
people = st.lists(accounts, min_size=1, max_size=4)
rooms = st.one_of(
    st.none(), st.just(Place("discord", "G1", "c")), st.just(Place("slack", "T2", "c"))
)


@given(people, rooms, st.sampled_from(Kind), st.sampled_from(["", "lobby"]))
def test_everybody_has_an_account_where_they_meet(
    found: list[list[MemberRef]], room: Place | None, prefer: Kind, lobby: str
) -> None:
    """A workspace that somebody is not in is no way; there always is one; none comes twice."""
    tried = ways(found, prefer, room, lobby)
    for way in tried:
        if way.kind is Kind.TOGETHER:
            for mine in found:
                assert any((e.platform, e.workspace) == (way.platform, way.workspace) for e in mine)
            if way.platform == "discord":
                assert room is not None
                assert room.workspace == way.workspace
    assert Way(Kind.RELAY) in tried
    assert len(set(tried)) == len(tried)
    assert (Way(Kind.ROOM, "web", lobby) in tried) is (prefer is Kind.ROOM and bool(lobby))


def _after(told: tuple[tuple[str, str], ...]) -> tuple[str, bool]:
    """Return what stands of a message, and whether it is gone, once it was told of in this order."""
    word: Word | None = None
    for words, version in told:
        match heard(words, version, word):
            case Heard.CARRY | Heard.CHANGE:
                word = Word(1, 1, 1, "s", words, version, 1, gone=False, at=None)  # type: ignore[arg-type]
            case Heard.TAKE_BACK:
                word = Word(1, 1, 1, "s", "", version, 1, gone=True, at=None)  # type: ignore[arg-type]
    return (word.words, word.gone) if word else ("", False)


@given(st.lists(st.text("ab ", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_what_stands_does_not_depend_on_the_order_of_telling(said: list[str]) -> None:
    """A message, its changes, each told twice and in any order: the newest stands."""
    told = [(words, f"{at:03}" if at else "") for at, words in enumerate(said)]
    for order in permutations(told):
        assert _after((*order, *order)) == (said[-1], False)


@given(st.lists(st.text("ab", min_size=1), min_size=1, max_size=3))
def test_what_is_gone_stays_so(said: list[str]) -> None:
    """Whatever is told of it late."""
    told = [(words, f"{at:03}" if at else "") for at, words in enumerate(said)]
    gone = ("", "999")
    assert _after((told[0], gone, *told[1:]))[1]
    assert _after((*told, gone, *told)) == ("", True)


@given(st.text(max_size=6000))
def test_parts_are_the_whole(words: str) -> None:
    """Nothing is lost where a message is split, and each part fits a card."""
    made = parts(words)
    assert "".join(each.bare() for each in made) == words
    assert all(len(each.bare()) <= TEXT_BLOCK for each in made)
