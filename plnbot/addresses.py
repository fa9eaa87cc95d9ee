"""Web addresses: when two of them lead to the same page.

People share one page in many spellings: with and without `www.`, a closing slash, a place on the
page, the words by which a sender counts clicks. What is compared here is for comparing and keeping
apart alone: whoever follows or shows an address takes the one that was shared.

Who keeps such a spelling keeps a `key`, which says by which rules it was made: another version of
the rules makes other keys, and what was kept is then made anew.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_COUNTING = re.compile(
    r"utm_\w+|mc_[ce]id|mtm_\w+|pk_\w+|_hs\w+|hsa_\w+|vero_\w+|at_\w+|[a-z]{1,4}cl(k)?id|gclsrc|gbraid|wbraid"
    r"|igsh(id)?|mkt_tok|ref_src|ref_url|__s|_ga|_gl|cmpid|ocid|srsltid|_openstat|rb_clickid|wickedid|epik"
    r"|itm_\w+|piwik_\w+|campaign_(id|name|source|medium|term|content)|oly_(anon|enc)_id|ck_subscriber_id"
    r"|s_cid|s_kwcid|sc_(campaign|channel|content|medium|outcome|geo|country)|guce_referrer(_sig)?",
    re.IGNORECASE,
)
_SHARED_BY: Mapping[str, frozenset[str]] = {
    "youtube.com": frozenset({"si", "feature", "pp", "ab_channel"}),
    "open.spotify.com": frozenset({"si"}),
    "twitter.com": frozenset({"s", "t"}),
    "x.com": frozenset({"s", "t"}),
}
"""Words that say how a page came to be shared, on pages where they mean nothing else."""
_VIDEOS = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com"})
_VIDEO = re.compile(r"/(?:shorts|live|embed|v)/([\w-]{11})/?")
_PORTS = {"http": 80, "https": 443}
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_SAFE = "/%:@!$&'()*+,;=~-._"
_LONGEST = 2000
VERSION = 1
"""Of the rules by which keys are made. A test holds some keys fast: who changes one raises this."""


def canonical(url: str) -> str:
    """Return the spelling that all addresses of one page have in common, itself such an address.

    http and https are one. What is no address of the web, or too long to be one that people share,
    comes back as it is; nothing is raised.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    blank = any(map(str.isspace, host))
    if parts.scheme not in _PORTS or not host or blank or len(url) > _LONGEST:
        return url
    while host.startswith("www."):
        host = host.removeprefix("www.")
    path, query = _ENCODED.sub(_decoded, parts.path), parts.query
    if host == "youtu.be" and len(path) > 1:
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}&{query}"
    if host in _VIDEOS and (found := _VIDEO.fullmatch(path)):
        path, query = "/watch", f"v={found[1]}&{query}"
    host = "youtube.com" if host in _VIDEOS else host
    place = f"[{host}]" if ":" in host else host
    if port not in (None, _PORTS[parts.scheme]):
        place = f"{place}:{port}"
    # What begins so is a page of its own, in a site that is one program.
    own = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    way = quote(path, safe=_SAFE).rstrip("/")
    return urlunsplit(("https", place, way, _telling(query, host), quote(own, safe=_SAFE)))


def key(url: str) -> str:
    """Return what to keep of an address in order to know its page again: `VERSION` and `canonical`."""
    return f"{VERSION} {canonical(url)}"


def _telling(query: str, host: str) -> str:
    """Return what of a query says which page it is, in one order."""
    shared = _SHARED_BY.get(host, frozenset())
    kept = {
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=None)
        if name
        and not _COUNTING.fullmatch(name)
        and name not in shared
        and not _own(name, value, host)
    }
    return urlencode(sorted(kept))


def _own(name: str, value: str, host: str) -> bool:
    """Tell whether a word only says on which site a link stood, namely on this one."""
    site = value.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return name == "ref" and site.rstrip("/") == host


def _decoded(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    plain = char.isascii() and (char.isalnum() or char in "-._~")
    return char if plain else found[0].upper()
