"""Where policies lie: a folder of files, each version for good once something was decided under it.

`us-tx.toml` is the version in use, `us-tx@2024.toml` an older one that is still cited. A digest of what a policy
says goes with every decision; a file that says something else under the same version is refused.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from plnbot.policies.overlays import overlaid
from plnbot.policies.reading import read_policy
from plnbot.policies.rules import Policy
from plnbot.policies.tables import PolicyError, Problem

FOLDER = Path(__file__).parents[2] / "config" / "packs" / "policies"
_MOST_FILES = 500


def files(folder: Path = FOLDER) -> Iterator[Path]:
    """Yield the files of policies in a folder, in the order of their names."""
    yield from sorted(folder.glob("*.toml"))[:_MOST_FILES]


def read_with_overlays(text: str, folder: Path = FOLDER) -> Policy:
    """Return a policy over the one it extends, which lies in its folder or with the shipped ones.

    Raises `PolicyError`.
    """
    policy = read_policy(text)
    if not policy.extends:
        return policy
    return overlaid(cited(policy.extends, folder), policy)


def cited(cite: str, folder: Path = FOLDER, digest: str = "") -> Policy:
    """Return the policy of a citation, `id@version`; raises `PolicyError` where it is not there or was changed."""
    name, _, version = cite.partition("@")
    for where in dict.fromkeys((folder, FOLDER)):
        for path in (where / f"{cite}.toml", where / f"{name}.toml"):
            if path.is_file():
                found = read_with_overlays(path.read_text("utf-8-sig"), where)
                if found.version != version:
                    continue
                if digest and found.digest != digest:
                    said = f"{cite} is not what it was when it was cited: give what changed a new version"
                    raise PolicyError([Problem(1, said)])
                return found
    raise PolicyError([Problem(1, f"there is no policy {cite}")])


def shelf(folder: Path = FOLDER) -> Mapping[str, Policy]:
    """Return every policy that can be used, by its id: the version in use. A mistake in one is that one's alone."""
    found: dict[str, Policy] = {}
    for path in files(folder):
        if "@" in path.stem:
            continue
        try:
            policy = read_with_overlays(path.read_text("utf-8-sig"), folder)
        except (PolicyError, UnicodeDecodeError, OSError):
            continue
        if policy.id == path.stem:
            found[policy.id] = policy
    return found
