"""Policies as packs: what is wrong in them is said with all the others."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plnbot.packs.entries import Problem
from plnbot.packs.reading import FOLDER, PackError, bytes_of
from plnbot.policies import PolicyError, Rule
from plnbot.policies.shelf import read_with_overlays
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class PolicyPacks:
    """The policies in `config/packs/policies`, each a file called by its id."""

    folder: str = "policies"
    entry: str = "source"

    @property
    def where(self) -> str:
        """Where they stand in `config/packs`."""
        return f"{self.folder}/*.toml"

    def files(self, folder: Path = FOLDER) -> Sequence[str]:
        """Return the files there are, by their place in `config/packs`."""
        return [
            f"{self.folder}/{each.name}" for each in sorted((folder / self.folder).glob("*.toml"))
        ]

    def load(self, path: Path) -> Mapping[str, Rule]:
        """Return the rules of a policy by id; raises `PackError`."""
        try:
            text = bytes_of(path).decode("utf-8-sig")
            policy = read_with_overlays(text, path.parent)
        except UnicodeDecodeError as error:
            said = "is not UTF-8: save it as UTF-8 in your editor"
            raise PackError(path.name, [Problem(1, said)]) from error
        except PolicyError as error:
            problems = [Problem(each.line, each.words) for each in error.problems]
            raise PackError(path.name, problems) from error
        return policy.rules()

    def between(self, folder: Path = FOLDER) -> Iterator[PackError]:
        """Yield what is wrong between a file and its name: it is cited by that."""
        for name in self.files(folder):
            try:
                policy = read_with_overlays(
                    (folder / name).read_text("utf-8-sig"), folder / self.folder
                )
            except (PolicyError, ValueError, OSError):
                continue  # said by `load`
            if Path(name).stem not in {policy.id, policy.cite}:
                said = f"is the policy {policy.id}: call the file {policy.id}.toml or {policy.cite}.toml"
                yield PackError(name, [Problem(1, said)])


POLICIES = PolicyPacks()
