"""What looking at a set-up finds: what is well, and how to mend the rest."""

from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, and how to mend it where it is not well."""

    what: str
    mend: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing is to be done."""
        return not self.mend
