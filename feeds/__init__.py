"""Blogs, videos and calendars from outside: bytes in, plain values out, no database.

Fetching is the port `plnbot.fetching.Fetcher`; feeds are values of `plnbot.syndication`.

All of it is hostile until it has been through here. What may be connected to is decided where the
socket is made (`guard`), so that no spelling, name or redirect gets around it; how much of us a
stranger may use is capped in bytes, time and redirects (`fetch`, `body`); and whoever asks for a
pause gets one (`hosts`). There is no clock: a pause lasts in the loop's time, a date a server names
is read by the server's own.

    fetch      `GuardedFetcher`, the port `plnbot.fetching.Fetcher` for the real web
    guard      what may be connected to; looked at twice: as it is written, and as a socket is made
    names      names to addresses, in threads of our own
    hosts      turns and pauses of one host
    body       bodies, unpacked and measured piece by piece

What has come is read where it can do no harm: parsing runs in a child process with limits, by the
name `feeds.parsing:in_child`, and what leaves it has been cleaned. A feed that is the same is known
by its server's word, else by its bytes; of one that is not, only the head and what is new is parsed.

    reader     one feed: asked, compared, parsed in a child
    parsing    what the child does: the quick way and the whole way, with the same entries
    split      where in a document its items stand, and their digests
    entries    what feedparser makes of it, as our values; json_feed likewise for JSON Feed
    cleaning   words that are words, and HTML that does nothing
    plain      values as JSON can say them, between child and parent

Feeds are found from whatever somebody pastes, in the order in which a reader would look: what the
address says, what the page says, where feeds usually lie. Lists of them come in and go out as OPML.

    finder     `Feeds`, the port `plnbot.syndication.Feeds`: the pages to look at, one after another
    discovery  what addresses and pages say of feeds; pure
    opml       lists of feeds, read and written
"""
