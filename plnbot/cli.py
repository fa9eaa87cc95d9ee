"""The command line. It imports what a command needs only when that command runs."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from plnbot.command_words import of_capabilities

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from config.settings import Settings

LISTED = 50
MISTAKE = 2
PLATFORMS = ("slack", "discord")
PROBLEM = 1
_ORDINARY = 80  # columns, where nobody says how many
# As in plnbot.engine.work, which --help need not load.
STATES = ("due", "leased", "done", "refused", "parked", "cancelled")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a problem, 2 a mistake in settings."""
    given = _parser().parse_args(argv)
    # Members' words are in the database and in every backup: nobody else on the machine reads them.
    os.umask(0o077)
    from plnbot.errors import PlnError

    try:
        if given.command == "packs":
            from plnbot.operate.packs import check

            return check(given.file)
        if given.command == "policy":
            from plnbot.operate.policies import done

            return done(given)
        _hear_from_the_start()
        if given.command in {None, "run"}:
            # Until `keep_the_loop_free`: the collector would find nothing, again and again, in what is
            # imported, and that is a fifth of the time until the bot is ready.
            gc.disable()
        settings = _settings(given)
        _log(settings)
        return _run(given, settings)
    except PlnError as error:
        for line in str(error).splitlines():
            print(f"plnbot: {line}", file=sys.stderr)
        return MISTAKE if type(error).__name__ == "SettingsError" else PROBLEM
    except KeyboardInterrupt:
        return PROBLEM


def _hear_from_the_start() -> None:
    """Let SIGTERM end this process in a container too, whose first process is deaf by itself."""
    if os.getpid() == 1:
        signal.signal(signal.SIGTERM, signal.default_int_handler)


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal, asked without `shutil`: every argument of every command asks."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class _Words(argparse.ArgumentParser):
    """Reads a command line; what it reads for single commands is of its own class."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Help, **given)


@cache
def _columns() -> int:
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 0
    return columns if columns > 0 else _ORDINARY


def _parser() -> argparse.ArgumentParser:
    parser = _Words(
        prog="./run",
        description="A bot that runs a professional learning network for teachers.",
        epilog="Without a command the bot starts and prints the address to open. The options above"
        " stand before the command. Settings: config/example.env.",
    )
    parser.add_argument("--data-dir", metavar="FOLDER", help="where everything is kept (data)")
    parser.add_argument(
        "--port", type=int, help="where the pages listen (8477); 0 takes a free one"
    )
    parser.add_argument(
        "--rate", type=float, help="rehearse: 60 makes a minute pass in a second (1)"
    )
    parser.add_argument("--debug", action="store_true", help="log more than usual")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("run", help="start the bot; also what happens without a command")
    _demo_parser(
        commands.add_parser(
            "demo", help="watch a whole chat or EdCamp in a minute, or a district’s year in five"
        )
    )
    commands.add_parser("lobby", help="print the running lobby's address again")
    doctor = commands.add_parser("doctor", help="check the set-up and say how to mend it")
    doctor.add_argument(
        "platform",
        nargs="?",
        default="",
        choices=("", *PLATFORMS),
        help="look at this platform too",
    )
    backup = commands.add_parser("backup", help="write a whole copy, while the bot runs")
    backup.add_argument("file", nargs="?", help="where to (a new file in the data folder)")
    restore = commands.add_parser("restore", help="put a backup in place of the database")
    restore.add_argument("file", help="the backup")
    _work_parser(commands.add_parser("work", help="see what is to be done, and what waits for you"))
    _packs_parser(commands.add_parser("packs", help="check the lists in config/packs"))
    _policy_parser(commands.add_parser("policy", help="check, explain and try policies for credit"))
    _feeds_parser(commands.add_parser("feeds", help="ask the feeds of packs whether they answer"))
    for word in of_capabilities().values():
        word.arguments(commands.add_parser(word.name, help=word.about))
    spaces = commands.add_parser("workspaces", help="see which networks there are, and who is in")
    spaces.add_argument(
        "--admit",
        metavar="WORKSPACE",
        help="let one, such as slack/T0123, join; your word stands for both sides, and is audited",
    )
    return parser


def _demo_parser(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "what",
        nargs="?",
        default="chat",
        choices=("chat", "edcamp", "year"),
        help="a chat of ten (what is played if nothing is said), an EdCamp of forty, or a school year of"
        " a district of 300 with its reports",
    )
    demo.add_argument(
        "--speed",
        type=float,
        help="how many times as fast as life (60; edcamp: 300; a year has none)",
    )
    stay = demo.add_mutually_exclusive_group()
    stay.add_argument("--stay", action="store_true", help="serve the archive until Ctrl-C")
    stay.add_argument("--leave", action="store_true", help="end when the chat has ended")


def _packs_parser(parser: argparse.ArgumentParser) -> None:
    checks = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = checks.add_parser("check", help="say what is wrong in them, line by line")
    check.add_argument("file", nargs="*", help="other files (those in use)")


def _policy_parser(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="say what is wrong in a policy, line by line")
    check.add_argument("file", nargs="+", help="policies, TOML files")
    explain = actions.add_parser("explain", help="say in plain words what a policy asks")
    tries = actions.add_parser("try", help="say what a history comes to under a policy")
    for each in (explain, tries):
        each.add_argument("file", help="the policy, a TOML file")
        each.add_argument("--language", choices=("en", "es"), default="en", help="(en)")
    tries.add_argument("history", help="a CSV file (docs/policies.md)")
    tries.add_argument("--today", help="the day to look on (the file's, or today)")


def _feeds_parser(parser: argparse.ArgumentParser) -> None:
    checks = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = checks.add_parser("check", help="a line for each: answers, moved, blocked here, gone")
    check.add_argument("pack", nargs="*", help="packs by name, such as math, or files (all packs)")


def _work_parser(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="a table of what is open")
    listing.add_argument("--state", action="append", choices=STATES, help="only these; repeatable")
    listing.add_argument("--kind", default="", help="only this kind, such as engine.post")
    listing.add_argument("--most", type=int, default=LISTED, help=f"how many ({LISTED})")
    for name, about in (
        ("show", "everything about one, but for its payload"),
        ("retry", "do it now; a post is looked for before it is sent again"),
        ("park", "keep it from being done"),
        ("cancel", "take it back for good"),
    ):
        action = actions.add_parser(name, help=about)
        action.add_argument("number", type=int, nargs="+")
        if name == "show":
            action.add_argument("--payload", action="store_true", help="may show members' words")


def _settings(given: argparse.Namespace) -> "Settings":
    from config.settings import load_settings

    return load_settings(
        {
            "data_dir": given.data_dir,
            "port": given.port,
            "clock_rate": given.rate,
            "log_level": "debug" if given.debug else None,
        }
    )


def _demo(given: argparse.Namespace, settings: "Settings") -> int:
    stay = given.stay or (sys.stdout.isatty() and not given.leave)
    if given.what == "year":
        from plnbot import demo_year

        return _ran(demo_year.play(settings, stay=stay))
    if given.what == "edcamp":
        from plnbot import demo_edcamp

        speed = demo_edcamp.SPEED if given.speed is None else given.speed
        return _ran(demo_edcamp.play(settings, speed, stay=stay))
    from plnbot import demo

    return _ran(demo.play(settings, demo.SPEED if given.speed is None else given.speed, stay=stay))


def _run(given: argparse.Namespace, settings: "Settings") -> int:
    match given.command:
        case "demo":
            return _demo(given, settings)
        case "lobby":
            from plnbot.operate import lobby

            return lobby.tell(settings)
        case "doctor":
            from plnbot.doctor import examine

            return _ran(examine(settings, given.platform))
        case "backup":
            from plnbot.operate.backup import back_up

            return back_up(settings, given.file)
        case "restore":
            from plnbot.operate.restore import restore

            return restore(settings, given.file)
        case "feeds":
            from plnbot.operate.feeds import check

            return _ran(check(settings, given.pack))
        case "work":
            return _work(given, settings)
        case word if word in (words := of_capabilities()):
            from plnbot.operate.words import done

            return done(settings, words[word], given)
        case "workspaces":
            return _workspaces(given, settings)
        case _:
            return _ran(_start(settings))


def _work(given: argparse.Namespace, settings: "Settings") -> int:
    from plnbot.engine.work import WorkState
    from plnbot.operate import worklist

    if given.action is None:
        return worklist.list_work(settings, (), "", LISTED)
    if given.action == "list":
        states = [WorkState(each) for each in given.state or ()]
        return worklist.list_work(settings, states, given.kind, given.most)
    payload = given.action == "show" and given.payload
    return worklist.tend(settings, given.action, given.number, payload=payload)


def _workspaces(given: argparse.Namespace, settings: "Settings") -> int:
    from plnbot.operate import workspaces

    if given.admit:
        return workspaces.admit(settings, given.admit)
    return workspaces.list_workspaces(settings)


async def _start(settings: "Settings") -> int:
    from plnbot.app import Bot, running
    from plnbot.operate import lobby
    from plnbot.stopping import until_told

    def ready(bot: Bot) -> None:
        print(f"plnbot is ready; everything is kept in {settings.data_dir}.")
        if settings.clock_rate != 1:
            print(f"This is a rehearsal: its clock runs {settings.clock_rate:g} times as fast.")
        print("Open this address in a browser, and stop the bot with Ctrl-C:")
        print(lobby.to_show(bot.opened_by()), flush=True)

    await until_told(running(settings), ready)
    print("plnbot has stopped; nothing is lost.")
    return 0


def _ran(coroutine: "Coroutine[object, object, int]") -> int:
    import asyncio

    return asyncio.run(coroutine)


def _log(settings: "Settings") -> None:
    from plnbot.logs import begin

    begin(settings.log_level, settings.log_format)
