"""Growth: what fed a member's goals, and looking back on them. All of it is theirs alone.

**Goals** live in `plnbot.goals`; here stands how a member means to go about one: by what they will see
that something changes (their indicators), and how often they want to look back (their rhythm).

**What fed a goal** is what its member said fed it. An activity may be suggested where its title, topics
or skills share words with the goal's, and is tied by a tap, never by itself; a suggestion that was
declined is not made again. A tie names the activity's source, so a corrected activity stays tied.

**Looking back** is a few words and, for each indicator, none, a little or clearly. It is kept with its
day, and moves the next one by the rhythm. The reminder is a notice, asked for by who set a rhythm; it
comes again a rhythm later where nobody looked back, and ends with the goal.

**Skills** are those that an activity came with, or those that its member tagged it with, which count
instead. A school year is counted from the first of July, by the member's own clock.

Nobody but the member sees any of it: no role, no page, no figure of anybody else's.
"""
