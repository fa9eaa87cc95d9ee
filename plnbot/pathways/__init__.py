"""Pathways: a menu of choices towards something, laid by a curator, walked by whoever likes.

**A menu.** A pathway has parts. Of each part some steps are asked for, or all of them; in which order is
each walker's own. A step can be gone in one way or in several: what is required keeps its choice of form. A
way is something on offer, a link, another pathway, or own words.

**Walked.** Whoever takes a pathway chooses steps, and sees what is done and what is asked for still. A step
is done by an activity that comes from one of its ways, by an activity that its walker names, or by their
saying so. They may leave and come back: what they did stays. Nobody else sees who walks, nor how far.

**Changed.** A curator may lay it anew while people walk. A step of the same name is the same step, so what
was done of it stays done. A pathway cannot ask for itself, not even by way of others.

    model    menus as they are written and read, and what is done of one: pure
    store    pathways, who walks them, what they did
"""
