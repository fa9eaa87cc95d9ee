"""What is kept of peers: the tables, and named queries of each kind of thing."""

from plnbot.peers.store import tables as tables
