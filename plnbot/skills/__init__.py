"""Skills carried: which skills a thing of any capability brings along, and which its members say they touched.

**Carried.** Who plans a chat, looks after a prompt or reads a feed for a network may say which skills of
the framework it touches. That is one row for the thing, whatever capability it is of, under the name of its
kind of object and its number. Nobody has to: without it the thing carries none.

**What a member did there** carries them by itself: who writes the activity asks `carried`. What is carried
later changes nothing that was written before.

**Tagged.** A member may say otherwise of what they did, and what they say counts: as they said it last. What
was said before is kept, so that whoever counts can take it away again (`tags_after`).

`model` has what carries, `store` both tables, `cards` how skills are told, `routes` the one question that
every capability asks with `carries`.
"""
