"""The entries, and the index of each database: an FTS5 table in SQLite, tsvectors in PostgreSQL.

An entry's place in the index is a number that begins with its network's: what a network has lies
together, the newest last, and a question looks at no other.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    TextClause,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    text,
    update,
)

from plnbot.fulltext.asking import Phrase, Term, terms_of
from plnbot.fulltext.ranking import Hit, best_first, score
from plnbot.fulltext.words import language_of, stem, words_of
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id
from plnbot.values import dataclass

CANDIDATES = 200
"""So many of the newest are ranked, among those that fit by their title and among those that fit at all."""
_MANY, LOOKED_AT = 8000, 20_000
"""On PostgreSQL: words that fit so many are common, and then so many of the newest are looked at."""
_TITLE_WORDS, _BODY_WORDS = 60, 400
_SHIFT = 40
_MOST_LEFT_OUT = 6
"""Of so many words, all but one may be enough; of more, any."""
_SQLITE = "sqlite"

search_entry = Table(
    "search_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("row_id", Id, nullable=False),
    Column("used", Integer, nullable=False),
    UniqueConstraint("network_id", "kind", "row_id"),
)
_ENTRY = search_entry.c


@dataclass(frozen=True, slots=True)
class Document:
    """What is found by its words: a capability's `row` of a `kind`. `language` is what is said of it."""

    network: int
    kind: str
    row: int
    title: str
    body: str = ""
    language: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first, and whether it has all the words that were asked for."""

    hits: Sequence[Hit]
    all_words: bool


_PUT = on_both(
    search_entry,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["network_id", "kind", "row_id"], set_={"used": insert.excluded.used}
    ).returning(_ENTRY.id),
)
_THIS = (
    (_ENTRY.network_id == bindparam("network"))
    & (_ENTRY.kind == bindparam("of_kind"))
    & (_ENTRY.row_id == bindparam("of_row"))
)
_NUMBER, _USED = (
    select(_ENTRY.id).where(_THIS),
    update(search_entry).where(_THIS).values(used=bindparam("times")),
)
_GONE = delete(search_entry).where(_ENTRY.id == bindparam("entry"))
_UNINDEX = text("DELETE FROM search_index WHERE rowid = :place")
_UNINDEX_PG = text("DELETE FROM search_index WHERE place = :place")
_MOVED = text("UPDATE search_index SET rowid = rowid + :by WHERE rowid BETWEEN :first AND :last")
_MOVED_PG = text("UPDATE search_index SET place = place + :by WHERE place BETWEEN :first AND :last")
_INDEX = text("INSERT INTO search_index (rowid, title, body) VALUES (:place, :title, :body)")
_INDEX_PG = text(
    "INSERT INTO search_index (place, title, body, in_title, in_all) VALUES"
    " (:place, :title, :body, CAST(:in_title AS tsvector), CAST(:in_all AS tsvector))"
)


def _finds(place: str, fits: str) -> TextClause:
    """Return what finds the newest entries of a network that fit."""
    return text(
        f"SELECT e.kind, e.row_id, e.used, e.id, search_index.title, search_index.body"  # noqa: S608 - ours
        f" FROM search_index JOIN search_entry AS e ON e.id = search_index.{place} - :first"
        f" WHERE {fits} AND search_index.{place} BETWEEN :first AND :last"
        f" AND e.network_id = :network AND e.kind IN :kinds"
        f" ORDER BY search_index.{place} DESC LIMIT :candidates"
    ).bindparams(bindparam("kinds", expanding=True))


_FINDS = (_finds("rowid", "search_index MATCH :asked"),)


def _finds_pg(column: str) -> tuple[TextClause, TextClause]:
    """Return what finds the newest entries that fit: by the index of words, and one by one from the newest on.

    Which is quick depends on how common the words are, and PostgreSQL guesses wrong: it does not reckon
    with how long it takes to unpack a vector. So the first gives up where too many fit, and tells how many
    it saw, in a row without an entry where none of them is of these kinds; then the second finds enough of
    them near the end.
    """
    fits = f"search_index.{column} @@ CAST(:asked AS tsquery)"
    among = "search_index.place BETWEEN :first AND :last"
    kinds = "e.network_id = :network AND e.kind IN :kinds"
    shown = "e.kind, e.row_id, e.used, e.id, search_index.title, search_index.body"
    entry = "JOIN search_entry AS e ON e.id = search_index.place - :first"
    ends = "ORDER BY search_index.place DESC LIMIT :candidates"
    indexed = (
        *("WITH found AS MATERIALIZED (SELECT place FROM search_index WHERE", fits, "AND", among),
        *(f"LIMIT {_MANY})", ", best AS MATERIALIZED (SELECT search_index.place FROM found"),
        *(
            "AS search_index",
            entry,
            "WHERE",
            kinds,
            ends,
            ") SELECT",
            shown,
            ", counted.many FROM (SELECT count(*) AS many FROM found) AS counted LEFT JOIN (",
        ),
        *("best JOIN search_index ON search_index.place = best.place", entry, ") ON true", ends),
    )
    newest = (
        *("SELECT", shown, ", 0 AS many FROM (SELECT * FROM search_index WHERE", among),
        f"ORDER BY place DESC LIMIT {LOOKED_AT}) AS search_index",
        *(entry, "WHERE", fits, "AND", kinds, ends),
    )
    first, second = (
        text(" ".join(each)).bindparams(bindparam("kinds", expanding=True))
        for each in (indexed, newest)
    )
    return first, second


_FINDS_PG = (_finds_pg("in_title"), _finds_pg("in_all"))


def put(tx: Tx, document: Document) -> None:
    """Let a document be found by its words as they are now."""
    values = {
        "network_id": document.network,
        "kind": document.kind,
        "row_id": document.row,
        "used": document.used,
    }
    place = _first(document.network) + tx.execute(_PUT[tx.dialect], values).scalar_one()
    _unindex(tx, place)
    title, body = _stems(document)
    said = {"place": place, "title": " ".join(title), "body": " ".join(body)}
    if tx.dialect == _SQLITE:
        tx.execute(_INDEX, said)
    else:
        vectors = {"in_title": _vector(title), "in_all": _vector([*title, _BETWEEN, *body])}
        tx.execute(_INDEX_PG, {**said, **vectors})


def drop(tx: Tx, network: int, kind: str, row: int) -> None:
    """Let something be found no more."""
    named = {"network": network, "of_kind": kind, "of_row": row}
    entry = tx.execute(_NUMBER, named).scalar_one_or_none()
    if entry is not None:
        _unindex(tx, _first(network) + entry)
        tx.execute(_GONE, {"entry": entry})


def used(tx: Tx, network: int, kind: str, row: int, times: int) -> None:
    """Note how often something was used in class by now."""
    tx.execute(_USED, {"network": network, "of_kind": kind, "of_row": row, "times": times})


def joined(tx: Tx, old: int, new: int) -> None:
    """Let what one network finds be found in another, which it becomes a part of."""
    places = {"by": _first(new) - _first(old), "first": _first(old), "last": _first(old + 1) - 1}
    tx.execute(_MOVED if tx.dialect == _SQLITE else _MOVED_PG, places)


def find(tx: Tx, network: int, typed: str, *, kinds: Collection[str], limit: int = 10) -> Found:
    """Return what a network has of these kinds for what somebody typed, best first.

    Where nothing has all the words, what has all but one comes, and else what has any.
    """
    terms = terms_of(typed)
    if not terms or not kinds:
        return Found((), all_words=True)
    for enough in _enough(terms):
        hits = _candidates(tx, network, terms, kinds, enough)
        if hits:
            return Found(best_first(hits)[:limit], all_words=len(enough) == 1)
    return Found((), all_words=len(terms) == 1)


def _enough(terms: Sequence[Term]) -> Sequence[Sequence[Sequence[Term]]]:
    """Return what is enough, the best first: each as ways, of which one has to hold with all its terms."""
    ways: list[Sequence[Sequence[Term]]] = [[terms]]
    if 2 < len(terms) <= _MOST_LEFT_OUT:  # noqa: PLR2004 - of two, all but one is any
        ways.append(list(combinations(terms, len(terms) - 1)))
    if len(terms) > 1:
        ways.append([[each] for each in terms])
    return ways


def _candidates(
    tx: Tx, network: int, terms: Sequence[Term], kinds: Collection[str],
    ways: Sequence[Sequence[Term]],
) -> Sequence[Hit]:  # fmt: skip
    lite, first = tx.dialect == _SQLITE, _first(network)
    asked = _match(ways) if lite else _query(ways)
    given = {
        "first": first,
        "last": _first(network + 1) - 1,
        "network": network,
        "kinds": sorted(kinds),
        "candidates": CANDIDATES,
    }
    questions = (f"{{title}} : {asked}", asked) if lite else _FINDS_PG
    rows: dict[int, Row[Any]] = {}
    found: Sequence[Row[Any]]
    for each in questions:
        if isinstance(each, str):
            found = tx.execute(_FINDS[0], {**given, "asked": each}).all()
        else:
            seen = tx.execute(each[0], {**given, "asked": asked}).all()
            found = [row for row in seen if row.id is not None]
            if seen[0].many == _MANY:
                newest = tx.execute(each[1], {**given, "asked": asked}).all()
                found = newest if len(newest) >= len(found) else found
        rows |= {row.id: row for row in found}
    return [
        Hit(
            row.kind,
            row.row_id,
            score(terms, row.title.split(), row.body.split()),
            row.used,
            row.id,
        )
        for row in rows.values()
    ]


def _unindex(tx: Tx, place: int) -> None:
    tx.execute(_UNINDEX if tx.dialect == _SQLITE else _UNINDEX_PG, {"place": place})


def _stems(document: Document) -> tuple[Sequence[str], Sequence[str]]:
    title, body = words_of(document.title, _TITLE_WORDS), words_of(document.body, _BODY_WORDS)
    language = language_of([*title, *body], document.language)
    return [stem(each, language) for each in title], [stem(each, language) for each in body]


def _first(network: int) -> int:
    """Return the place before the first of a network's."""
    return network << _SHIFT


def _match(ways: Sequence[Sequence[Term]]) -> str:
    """Return ways as FTS5 reads them: words are letters and digits, so nothing needs an escape."""
    return _written(ways, lambda phrase: f'"{" ".join(phrase)}"', " AND ", " OR ")


def _query(ways: Sequence[Sequence[Term]]) -> str:
    """Return ways as PostgreSQL reads a tsquery."""

    def written(phrase: Phrase) -> str:
        return "(" + " <-> ".join(f"'{each}'" for each in phrase) + ")"

    return _written(ways, written, " & ", " | ")


def _written(
    ways: Sequence[Sequence[Term]], write: Callable[[Phrase], str], both: str, either: str
) -> str:
    each_way = (
        both.join(f"({either.join(write(phrase) for phrase in term.either)})" for term in way)
        for way in ways
    )
    return f"({either.join(f'({each})' for each in each_way)})"


_BETWEEN = ""
"""Stands between title and body, so that no phrase goes from one into the other."""


def _vector(words: Sequence[str]) -> str:
    """Return what PostgreSQL reads as a tsvector."""
    places: dict[str, list[str]] = {}
    for at, each in enumerate(words, start=1):
        if each:
            places.setdefault(each, []).append(str(at))
    return " ".join(f"'{each}':{','.join(at[:200])}" for each, at in places.items())
