"""The web application: which address leads to which handler."""

from aiohttp import web

from adapters.web import assets
from adapters.web.doing import Doing
from adapters.web.doors import Doors
from adapters.web.entrance import descriptors
from adapters.web.entrance.heads import FILES, LARGEST
from adapters.web.entrance.intake import TAKES, Intake, attended
from adapters.web.guard import Guard
from adapters.web.live import Live
from adapters.web.public import PublicPages
from adapters.web.readers import Readers
from adapters.web.showing import Showing
from adapters.web.site import Site, WebOptions
from adapters.web.spaces import WebSpaces, every_room, who_looks
from adapters.web.store import PLATFORM
from plnbot.engine.ports import Clock, Desk
from plnbot.store.database import Store

__all__ = ["WebOptions", "make_app"]


def make_app(desk: Desk, store: Store, clock: Clock, options: WebOptions) -> web.Application:
    """Return the application; the caller runs it."""
    site = Site(desk, store, clock, options)
    desk.looks.read_by(PLATFORM, who_looks, every_room)
    desk.spaces.opened_by(PLATFORM, WebSpaces(store))
    readers = Readers(site)
    doors, showing, doing = Doors(site, readers), Showing(site, readers), Doing(site, readers)
    public = PublicPages(site, readers)
    live = Live(site, readers, public)
    stand = [attended, Guard(site).stand, Intake(descriptors.connections() // 2).stand]
    app = web.Application(middlewares=stand, client_max_size=LARGEST)
    takes = app[TAKES] = {}
    app.router.add_get("/static/{name}", assets.give)
    app.router.add_get("/", doors.pick)
    app.router.add_post("/someone", doors.someone_new)
    app.router.add_get("/signin/{token}", doors.sign_in_page)
    app.router.add_post("/signin/{token}", doors.sign_in)
    app.router.add_post("/me/out", doors.sign_out)
    app.router.add_get("/page/{name}/{row}", doors.to_ones_own)
    app.router.add_get("/calendar/{row}.ics", showing.calendar)
    app.router.add_get("/open/{name}/{row}", public.show)
    app.router.add_get("/open/{name}/{row}/{file}", public.give)
    app.router.add_get("/live", live.follow_all)
    for prefix in ("/as/{handle}", "/me"):
        app.router.add_get(prefix, showing.first_room)
        app.router.add_get(prefix + "/room/{room}", showing.room)
        app.router.add_get(prefix + "/room/{room}/thread/{thread:\\d+}", showing.room)
        app.router.add_post(prefix + "/room/{room}/say", doing.say)
        app.router.add_post(prefix + "/room/{room}/edit/{message:\\d+}", doing.edit)
        app.router.add_post(prefix + "/room/{room}/thank/{message:\\d+}", doing.thank)
        app.router.add_get(prefix + "/messages", showing.direct)
        app.router.add_get(prefix + "/page/{name}", showing.page)
        app.router.add_get(prefix + "/page/{name}/{row}", showing.page)
        app.router.add_get(prefix + "/form/{row:\\d+}", showing.form)
        app.router.add_get(prefix + "/file/{name}/{row}", showing.file)
        app.router.add_post(prefix + "/do", doing.do)
        app.router.add_post(prefix + "/keep", doing.keep)
        app.router.add_post(prefix + "/send", doing.send)
        takes[prefix + "/send"] = FILES
        app.router.add_get(prefix + "/search", showing.search)
        app.router.add_get(prefix + "/live", live.follow)
    app.on_startup.append(live.start)
    app.on_shutdown.append(live.stop)
    return app
