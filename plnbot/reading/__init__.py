"""Reading and watching: blogs, videos, podcasts and people worth a teacher's ten minutes, chosen by people.

**A feed is a network's.** A curator adds it once; it may be posted in several rooms, each in its own
manner. It is polled once for all of them (`actions/polling`), as outside work of its own lane.

**An item is known for ever.** Each item that a feed ever showed has marks (`plnbot.syndication.identity`),
which outlive its words, the feed's removal and its coming back. So edits, other guids, other hosts and
restarts make no second post. The first poll takes everything in and posts nothing but what the curator
asked for.

**A story is one card.** Items of several feeds that tell the same (`plnbot.syndication.likeness`) belong
to one story; a room gets one card for it, and later copies add their feed's name to that card.

**Gates.** Whether an item is posted is decided once, by gates in a row (`model/gates`); the one that
stopped it is kept, so that a curator can be told why.
"""
