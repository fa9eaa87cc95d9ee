"""The numbers of Discord's API v10 that we use, by name."""

from enum import IntEnum, IntFlag


class Component(IntEnum):
    """What stands in a message or a dialog."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT = 4
    USER_SELECT = 5
    DISPLAY = 10
    LABEL = 18
    UPLOAD = 19


class ChannelType(IntEnum):
    """What kind a channel is."""

    DIRECT = 1
    PRIVATE_THREAD = 12


class Callback(IntEnum):
    """How an interaction is answered."""

    MESSAGE = 4
    LATER = 5
    SEEN = 6
    CHOICES = 8
    DIALOG = 9


class Event(IntEnum):
    """What kind of interaction comes in."""

    COMMAND = 2
    PRESSED = 3
    TYPING = 4
    SENT = 5


class CommandType(IntEnum):
    """Where a command stands: typed, on a member, or on a message."""

    TYPED = 1
    MEMBER = 2
    MESSAGE = 3


class OptionType(IntEnum):
    """What may follow a command."""

    SUB_COMMAND = 1
    GROUP = 2
    WORDS = 3
    MEMBER = 6


class Code(IntEnum):
    """Errors in bodies of the API."""

    UNKNOWN_CHANNEL = 10003
    UNKNOWN_GUILD = 10004
    UNKNOWN_MEMBER = 10007
    UNKNOWN_MESSAGE = 10008
    UNKNOWN_USER = 10013
    TOO_LARGE = 40005
    UNKNOWN_EVENT = 10070
    MISSING_ACCESS = 50001
    DM_CLOSED = 50007
    NO_TEXT_CHANNEL = 50008
    MISSING_PERMISSION = 50013
    ARCHIVED = 50083
    NO_COMMON_SERVER = 50278
    HAS_THREAD = 160004
    LOCKED = 160005
    MOST_THREADS = 160006


class Permission(IntFlag):
    """Rights in a server or a channel, as bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_HISTORY = 1 << 16
    CREATE_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
