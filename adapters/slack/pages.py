"""Pages of what stands in a channel, in whichever order Slack gives them, and what is missing on them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from plnbot.values import dataclass

_AFTER_ALL, _BEFORE_ALL = "~", ""


class _Range(NamedTuple):
    """From one message to another, by their `ts`; both empty where there was none."""

    oldest: str = ""
    newest: str = ""


_NONE = _Range()


@dataclass(frozen=True, slots=True)
class Pages:
    """How far the reading is: the first page that was read, the one before, and this one.

    Between two pages nothing stands either; before and behind all of them only once all were read.
    """

    cursor: str = ""
    first: _Range = _NONE
    before: _Range = _NONE
    this: _Range = _NONE

    @classmethod
    def read_from(cls, further: str) -> "Pages":
        """Return what `written` has written."""
        if not further:
            return cls()
        cursor, *stamps = further.rsplit("|", 4)
        first, this = _Range(*stamps[:2]), _Range(*stamps[2:])
        return cls(cursor, first, _Range(), this)

    @property
    def written(self) -> str:
        """How far it is, in words; empty once all was read."""
        latest = self.this if self.this.oldest else self.before
        return "|".join((self.cursor, *self.first, *latest)) if self.cursor else ""

    def after(self, stands: Sequence[str], cursor: str) -> "Pages":
        """Return how far it is after a page on which these stand, oldest first."""
        this = _Range(stands[0], stands[-1]) if stands else _Range()
        before = self.this if self.this.oldest else self.before
        return Pages(cursor, self.first if self.first.oldest else this, before, this)

    def gone(self, known: Collection[str], stands: Collection[str], sure: str) -> Sequence[str]:
        """Return which known messages should stand on this page and do not.

        Of what is no younger than `sure` that may not be said.
        """
        missing = [each for each in known if each not in stands and each > sure]
        return [each for each in missing if any(low < each < high for low, high in self._seen())]

    def _seen(self) -> Sequence[_Range]:
        """Return the stretches that are known to be whole with this page."""
        whole = _Range(_BEFORE_ALL, _AFTER_ALL)
        if not self.before.oldest:
            here = [self.this] if self.this.oldest else []
            return here if self.cursor else [whole]
        if not self.this.oldest:
            return []
        # Where something was said meanwhile, a page may begin with what the one before ended with.
        backwards = self.this.oldest < self.before.oldest
        if backwards is (self.this.newest > self.before.newest):
            return []
        between = (self.this.oldest, self.before.oldest)
        seen = [_Range(*between) if backwards else _Range(self.before.newest, self.this.newest)]
        if self.cursor:
            return seen
        if backwards:
            return [*seen, _Range(_BEFORE_ALL, self.this.oldest), _Range(self.first.newest, "~")]
        return [*seen, _Range(_BEFORE_ALL, self.first.oldest), _Range(self.this.newest, "~")]
