"""Kept files have no routes of their own: what is kept of people is declared here, for every capability."""

from plnbot.engine.routes import Routes
from plnbot.kept_files.personal import PERSONAL

routes = Routes()
routes.personal.append(PERSONAL)
