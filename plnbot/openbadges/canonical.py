"""The canonical form of a document's statements (RDFC-1.0), where two libraries agree on it.

Refused is what could be read in two ways, or is not part of what is signed: words that no context
defines, addresses that are none, keywords in place of words, control characters, and two nodes without a
name that say the same. The last is also what makes canonical forms slow to find: where no two nodes look
alike, there is nothing to try out.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from plnbot.errors import PlnError
from plnbot.openbadges.contexts import Contexts, pinned

Document = Mapping[str, Any]
LARGEST: Final = 64 * 1024
"""Bytes of a document that is looked at."""
_DEEPEST: Final = 12
_CONTEXT: Final = "@context"
_NOWHERE: Final = "nowhere://of/no/document/"
"""What is beside the document: a name that comes out below it is no address."""


class NotCanonicalError(PlnError):
    """The document has no one canonical form; the words say why."""


def canonical(document: Document, contexts: Contexts | None = None) -> str:
    """Return the statements of a document in their canonical order, one a line."""
    known = pinned() if contexts is None else contexts
    check(document)
    try:
        expanded = _expanded(document, known)
        one, other = _by_pyld(expanded), _by_pyoxigraph(expanded)
    except NotCanonicalError:
        raise
    except Exception as error:
        # Both read what strangers wrote, and say in many ways that they cannot.
        raise NotCanonicalError("its statements cannot be read") from error
    if one != other:
        raise NotCanonicalError("two libraries differ about its canonical form")
    return one


def check(document: Document) -> None:
    """Refuse a document in whose text something could hide, before any library reads it."""
    try:
        size = len(json.dumps(document, ensure_ascii=False).encode())
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("it is no JSON that can be written down") from error
    if size > LARGEST:
        raise NotCanonicalError("it is longer than 64 KB")
    seen = set()
    for node in _nodes({key: value for key, value in document.items() if key != _CONTEXT}):
        if hidden := [key for key in node if key.startswith(("@", "_:"))]:
            raise NotCanonicalError(f"{hidden[0]} stands where a word must")
        if "id" in node:
            continue
        said = json.dumps(_direct(node), sort_keys=True)
        if said in seen:
            raise NotCanonicalError("two nodes without a name say the same")
        seen.add(said)


def is_control(letter: str) -> bool:
    """Return whether PyLD would write a letter in another way than the standard."""
    return (letter < " " and letter not in "\t\n\r") or letter == "\x7f"


def _nodes(value: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        raise NotCanonicalError("it is nested too deeply")
    if isinstance(value, str) and any(map(is_control, value)):
        raise NotCanonicalError("it has control characters")
    if isinstance(value, float):
        raise NotCanonicalError("a number with a fraction is no exact word")
    if isinstance(value, Mapping):
        yield value
        for key, each in value.items():
            yield from _nodes(key, depth + 1)
            yield from _nodes(each, depth + 1)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _nodes(each, depth + 1)


def _direct(node: Mapping[str, Any]) -> Mapping[str, object]:
    """Return what a node says itself, nested nodes but named."""
    return {key: _flat(value) for key, value in node.items()}


def _flat(value: object) -> object:
    if isinstance(value, Mapping):
        return value.get("id", "")
    return [_flat(each) for each in value] if isinstance(value, list | tuple) else value


def _loader(contexts: Contexts) -> Any:
    def load(address: str, _options: object = None) -> Mapping[str, Any]:
        if address not in contexts:
            raise NotCanonicalError("it names a context that is not pinned")
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": contexts[address],
        }

    return load


def _expanded(document: Document, contexts: Contexts) -> Any:
    from pyld import jsonld

    dropped: list[object] = []
    options = {"documentLoader": _loader(contexts), "base": _NOWHERE}
    found = jsonld.expand(document, options, on_property_dropped=dropped.append)
    if dropped:
        raise NotCanonicalError("it has a word that no context defines")
    _only_addresses(found)
    return found


def _only_addresses(value: object) -> None:
    """Refuse names that are no addresses: they drop out as undefined words do."""
    if isinstance(value, list):
        for each in value:
            _only_addresses(each)
    elif isinstance(value, dict):
        names = value.get("@type", []) if "@value" not in value else []
        listed = names if isinstance(names, list) else [names]
        for name in (*listed, *([value["@id"]] if "@id" in value else [])):
            if str(name).startswith((_NOWHERE, "_:")):
                raise NotCanonicalError("it has a name or a kind that is no address")
        for each in value.values():
            _only_addresses(each)


def _by_pyld(expanded: object) -> str:
    from pyld import jsonld

    # RDFC-1.0 but for control characters, which are refused.
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    return str(jsonld.normalize(expanded, {**options, "documentLoader": _loader({})}))


def _by_pyoxigraph(expanded: object) -> str:
    import pyoxigraph

    read = pyoxigraph.parse(json.dumps(expanded), pyoxigraph.RdfFormat.JSON_LD)
    found = pyoxigraph.Dataset(read)
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    # Not `splitlines`, which also breaks at letters that stand inside of words.
    lines = [each for each in str(found).split("\n") if each]
    return "".join(f"{each}\n" for each in sorted(lines))
