"""Lessons: an exchange in which teachers share theirs, design them together, take others' and say how it went.

**A lesson** is what its authors tell of it, with files or an address, for subjects and grades, under a
**licence**: CC BY, CC BY-SA, or their own words. All of their network may read it. It is found by its words
(`plnbot.fulltext`) and is on offer to whoever suggests something.

**Authors.** Whoever shares it first; and those who said yes when they were asked to design it together.
Any of them changes it: a form names the version it saw (`plnbot.engine.editing`), so of the same field
changed by two both see both, and nothing is lost. Each change is a version, with why.

**A remix** names its source for good, by title, and leads there while it stands. What is under BY-SA stays under BY-SA,
also when the remix is changed later; what is under somebody's own words is remixed by nobody but its
authors, who change it instead. `model.fault_of_remix` decides.

**"I used it"** is one tap, and a sentence if one likes. Its authors read it with the name, and are thanked; both sides
have an activity, written once. Nobody tells of their own lesson.

**Reports** reach the curators, without who reported. A curator takes a lesson down with a reason, which its
authors read; it is then found, offered, taken and remixed no more.
"""
