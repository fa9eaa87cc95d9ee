"""Goals: what members set out to do, in their own words. The one place where goals live.

**Few.** A member has up to three at a time. The guided start asks for them, a page of their own keeps
them; whoever chooses something for a member reads them here, as far as the member lets that be seen.

**Revised, not replaced.** A goal that is put in other words is the same goal: what fed it stays with
it, and how it was worded before is kept. Where three lines come back from a form, a line goes to the
goal that it repeats, then to the one that it is most like; what is like none is a new goal.

**Ended, not deleted.** A goal that is no longer in the list has ended, with its day, and can be read
by its member. Only an erasure takes goals away.

`model` decides which line is which goal, `store` has the tables and the port, `personal` what is kept.
"""
