"""Insight: what a district learns about what its people learn and need. Needs, never names.

**What is counted.** Activities, by kind, subject and skill, as they came or as their members tagged
them; needs, by wishes, by what is answered in the pulse and by goals that their members let be used;
take-up, by the grades that people teach and by what they are here. All of a month, by the month in which
something was done (or, where that month is told already, in none).

**Kept current.** Whoever writes an activity knows nothing of this. Each hour the rows behind a mark are
read, in their order, and added to each member's own tally of the month; a correction takes away what
stood before and adds what stands now, and so does a tag, behind a mark of its own. So no report ever
passes over all that was done. The marks stay behind rows that are younger than a quarter of an hour: a
unit that was begun before may yet end.

**Frozen.** Five days after a month has ended its report is made once for each district, in one unit, and
never again: what is corrected later stays out of it. A month that goes on is shown to nobody. A report
holds bands that passed `plnbot.singling_out` together, and nothing of anybody.

**Whose.** A report is of a whole district: one of a school or of the whole network, beside those of the
districts, would be something to subtract. People are of the district in which they are on the day the
report is made. Who left themselves out is in none of it, and neither is who was erased before that day;
reports that were made before stay as they are, for nobody can be taken out of a band of five.
"""
