"""The portfolio of practice: exemplars of one's own work, how they changed, and what shows it.

**An exemplar** is one thing of a teacher's practice, such as an exit ticket or a unit. It may belong to one
of their goals and to an indicator, and has a reflection. **It has versions**: what it is like, and what was
changed and why. A version is never written over, so two forms open at once lose nothing. **Evidence**
(files, links, activities) belongs to the version that it was added to.

**Private by default.** Nobody but its teacher sees an exemplar, whatever role they have, until it is in a
**share**: some exemplars, for one person of the network or for whoever has a link, until an instant. A
share ends by itself at that instant and is withdrawn at once; every page, file and question asks
`model.standing` of the share when it is made, so there is no copy that could outlive it. What is shared is
shown as it stands when it is looked at. Every page says who can see it.

**Questions** are asked by the person that something is shared with, on one exemplar. The teacher answers or
does not; nobody is reminded, and who asked cannot tell one from the other. Questions stay with the
exemplar, and are seen by these two alone.
"""
