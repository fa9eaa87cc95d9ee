"""Full text: whatever a capability wants found by its words, on SQLite and on PostgreSQL alike.

**One art of words.** SQLite's FTS5 knows no Spanish and PostgreSQL's dictionaries are its own, so neither
is asked: `words` folds case and accents and takes endings off, in English and in Spanish, and both
databases get the stems. What is found on one is found on the other.

**What is asked.** `asking` reads what somebody typed: words, and phrases in quotes; nothing in it is a
command to a database, so nothing in it can be wrong. Each word stands for its stems in both languages,
words that everybody uses count in phrases only. What has all words comes; where nothing has, what has
some of them, and `Found.all_words` says so.

**In which order.** `ranking` says how well a text fits, alike for both: a title counts most. What is about
as good is one band, and within a band what was used in class more often comes first, then what is newer. Of
more matches than `CANDIDATES` the newest are ranked, of those that fit by their title and of all, so that a
word that stands everywhere costs no more than a rare one.

**Whose.** Places in the index begin with their network's number, and a question is asked of one network's
places alone: no text and no words can lead out of them.

An entry is named by its capability's `kind` and `row`; it holds texts that all of its network may read,
and nothing that members said.
"""

from plnbot.fulltext.ranking import Hit
from plnbot.fulltext.store import Document, Found, drop, find, joined, put, used

__all__ = ["Document", "Found", "Hit", "drop", "find", "joined", "put", "used"]
