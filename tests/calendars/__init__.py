"""Calendars: the network's own, as programs read it."""
