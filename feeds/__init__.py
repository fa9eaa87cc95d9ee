"""Blogs, videos and calendars from outside: bytes in, plain values out, no database.

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
"""
