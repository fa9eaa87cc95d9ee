"""EdCamps: a board of slots and rooms that fills with cards, is voted on, and becomes a grid of sessions.

    model     what a board, a slot, a room, a card, a vote and a session are, and what time makes of them
    layout    slots, rooms and phases as people write them, one a line
    store     the tables (`store.tables` says what each holds) and their queries
    actions   laying a board, its phases, posting, merging and hosting cards, voting
    pages     the board as a page

**A board goes through phases by time**: requests, cards, votes, the grid, the day, the share-out. Any may
be left out but the last two. Nothing but `actions.phases` moves it, as work whose key is the phase's, so
that a process that dies in the middle moves it once.

**A card is asked for, led, or both.** `authors` asked, `hosts` lead; a card without a host is a request,
which anybody may take. Cards that say the same are merged by people: one points at the other, keeps its
own authors, hosts and votes, and can be taken out again. So whatever reads cards reads heads, each with
the people of all that was merged into it.

**Votes are secret while they are given**: until the phase is over nobody, not even an organiser, sees more
than how many have voted. When all is over, who voted for what is forgotten and the counts stay.

**A session is a card in a slot and a room.** `slot` and `room` are where organisers have it by now,
`shown_slot` and `shown_room` where everybody was told it is, since the grid's version `version`.

**The grid** is made outside any transaction, in a child process (`solving`, which hands plain values to
`plnbot.grids`), and arranged by hand (`actions.arranging`): each change is a step with where things stood before
and after, so it can be undone, and who moves something names the last step they saw, so that two organisers do not
undo each other unawares. `actions.publishing` makes it a version that everybody sees; what everybody was told of
no suggestion moves.
"""
