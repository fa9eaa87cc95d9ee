"""The entries, and the index of each database: an FTS5 table in SQLite, tsvectors in PostgreSQL.

An entry's place in the index is a number that begins with its network's: what a network has lies
together, the newest last, and a question looks at no other.

PostgreSQL's index of words cannot find the newest first: it gives all that fits, and each of those is read
before the newest are known. So a vector has marks beside its words. Some say whose the entry is and in which
run of numbers it lies, and the newest runs are asked first: a word that stands everywhere is found there at
once. Others stand for pairs of neighbours, so that of a phrase of common words only those texts are unpacked
that are likely to have it.
"""

import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations, pairwise
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
_RUNS = (11, 14, 17)
"""On PostgreSQL: entries lie in runs of two to the power of these."""
_PAIRS = 1 << 16
"""So many marks there are for pairs of neighbours."""
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
_INDEX = text("INSERT INTO search_index (rowid, title, body) VALUES (:place, :title, :body)")


def _marks(network: str, kind: str, entry: str) -> str:
    """Return the marks of whose an entry is, as an array in PostgreSQL's SQL."""
    own = f"{network} || '/' || {kind}"
    runs = (f"{own} || '/{width}.' || ({entry} >> {width})" for width in _RUNS)
    return f"ARRAY[{', '.join((own, *runs))}]"


def _sql(*parts: str) -> TextClause:
    return text(" ".join(parts))


_INDEX_PG = _sql(
    "INSERT INTO search_index (place, title, body, words) SELECT :place, :title, :body,",
    f"CAST(:words AS tsvector) || array_to_tsvector({_marks('e.network_id', 'e.kind', 'e.id')})",
    "FROM search_entry AS e WHERE e.id = :entry",
)
_MOVED_PG = _sql(
    "UPDATE search_index SET place = place + :by,",
    f"words = ts_delete(words, {_marks('CAST(:old AS bigint)', 'e.kind', 'e.id')})",
    f"|| array_to_tsvector({_marks('CAST(:new AS bigint)', 'e.kind', 'e.id')})",
    "FROM search_entry AS e WHERE e.id = place - :first AND place BETWEEN :first AND :last",
)
_SHOWN = "SELECT e.kind, e.row_id, e.used, e.id, found.title, found.body FROM"
_FINDS = _sql(
    _SHOWN,
    "search_index AS found JOIN search_entry AS e ON e.id = found.rowid - :first",
    "WHERE search_index MATCH :asked AND found.rowid BETWEEN :first AND :last",
    "AND e.network_id = :network AND e.kind IN :kinds ORDER BY found.rowid DESC LIMIT :candidates",
).bindparams(bindparam("kinds", expanding=True))
_FINDS_PG = _sql(
    _SHOWN,
    "(SELECT place, title, body FROM search_index WHERE words @@ CAST(:asked AS tsquery)",
    "ORDER BY place + 0 DESC LIMIT :candidates) AS found",
    "JOIN search_entry AS e ON e.id = found.place - :first",
)
_NEWEST = _sql(
    "SELECT max(place), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)",
    "FROM search_index WHERE place BETWEEN :first AND :last",
)
"""PostgreSQL does not reckon with how long it takes to unpack a vector, and would rather unpack all of them."""


def put(tx: Tx, document: Document) -> None:
    """Let a document be found by its words as they are now."""
    values = {
        "network_id": document.network,
        "kind": document.kind,
        "row_id": document.row,
        "used": document.used,
    }
    entry = tx.execute(_PUT[tx.dialect], values).scalar_one()
    place = _first(document.network) + entry
    _unindex(tx, place)
    title, body = _stems(document)
    said = {"place": place, "title": " ".join(title), "body": " ".join(body)}
    if tx.dialect == _SQLITE:
        tx.execute(_INDEX, said)
    else:
        tx.execute(_INDEX_PG, {**said, "words": _vector(title, body), "entry": entry})


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
    if tx.dialect == _SQLITE:
        tx.execute(_MOVED, places)
    else:
        tx.execute(_MOVED_PG, {**places, "old": old, "new": new})


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
    found = _on_sqlite if tx.dialect == _SQLITE else _on_postgresql
    rows = {row.id: row for row in found(tx, network, sorted(kinds), ways)}
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


def _on_sqlite(
    tx: Tx, network: int, kinds: Sequence[str], ways: Sequence[Sequence[Term]]
) -> Iterator[Row[Any]]:
    """Yield the newest that fit by their title, and the newest that fit."""
    given = {**_asked_of(network), "network": network, "kinds": kinds}
    asked = _match(ways)
    for each in (f"{{title}} : {asked}", asked):
        yield from tx.execute(_FINDS, {**given, "asked": each})


def _on_postgresql(
    tx: Tx, network: int, kinds: Sequence[str], ways: Sequence[Sequence[Term]]
) -> Iterator[Row[Any]]:
    """Yield the same: looked for in the newest runs, and in more of them while there are not enough."""
    given = _asked_of(network)
    newest = tx.execute(_NEWEST, given).one()[0]
    if newest is None:
        return
    owns = [f"{network}/{kind}" for kind in kinds]
    lasts = [(width, (newest - given["first"]) >> width) for width in _RUNS]
    scopes = [
        [f"{own}/{width}.{run}" for own in owns for run in (last - 1, last)]
        for width, last in lasts
        if last > 1
    ]
    for asked in (_query(ways, _IN_TITLE), _query(ways)):
        for marks in (*scopes, owns):
            within = f"({' | '.join(map(_quoted, marks))}) & {asked}"
            rows = tx.execute(_FINDS_PG, {**given, "asked": within}).all()
            if len(rows) == CANDIDATES:
                break
        yield from rows


def _asked_of(network: int) -> dict[str, Any]:
    first = _first(network)
    return {"first": first, "last": _first(network + 1) - 1, "candidates": CANDIDATES}


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


def _query(ways: Sequence[Sequence[Term]], begins: str = "") -> str:
    """Return ways as PostgreSQL reads a tsquery, of words that begin so in a vector."""

    def written(phrase: Phrase) -> str:
        in_order = " <-> ".join(_quoted(begins + each) for each in phrase)
        return f"({' & '.join((*map(_quoted, _pairs(phrase)), f'({in_order})'))})"

    return _written(ways, written, " & ", " | ")


def _written(
    ways: Sequence[Sequence[Term]], write: Callable[[Phrase], str], both: str, either: str
) -> str:
    each_way = (
        both.join(f"({either.join(write(phrase) for phrase in term.either)})" for term in way)
        for way in ways
    )
    return f"({either.join(f'({each})' for each in each_way)})"


_IN_TITLE = "|"
"""Begins, in a vector, what stands in the title."""
_BETWEEN = ""
"""Stands between title and body, so that no phrase goes from one into the other."""


def _vector(title: Sequence[str], body: Sequence[str]) -> str:
    """Return what PostgreSQL reads as a tsvector, but for the marks of whose it is."""
    places: dict[str, list[str]] = {each: [] for words in (title, body) for each in _pairs(words)}
    for begins, words in ((_IN_TITLE, title), ("", [*title, _BETWEEN, *body])):
        for at, each in enumerate(words, start=1):
            if each:
                places.setdefault(begins + each, []).append(str(at))
    return " ".join(
        _quoted(each) + (f":{','.join(at[:200])}" if at else "") for each, at in places.items()
    )


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield the mark of each pair of neighbours; some have theirs in common with others."""
    for pair in pairwise(words):
        yield f"+{zlib.crc32(' '.join(pair).encode()) % _PAIRS:x}"


def _quoted(word: str) -> str:
    return f"'{word}'"
