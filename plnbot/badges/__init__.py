"""Micro-credentials: what a network awards for something shown, by criteria, as an Open Badge.

A room of its own beside credit, which counts minutes and licences: a micro-credential has neither, and its
evidence is judged criterion by criterion, by who was assigned alone. How the file is made and signed is
`plnbot.openbadges`.
"""
