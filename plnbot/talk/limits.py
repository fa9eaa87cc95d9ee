"""The intersection of what Slack, Discord and the lobby accept, in characters and pieces.

One number each, the smallest of the three, so that a card fits everywhere or nowhere.
Sources: Slack Block Kit reference; Discord API v10 (message, components, modals).
"""

from typing import Final

CARD_TITLE: Final = 150  # Slack header
TEXT_BLOCK: Final = 1800  # Discord content 2,000, less the room a title and a note take
CARD_TEXT: Final = 3600  # Discord embeds hold 6,000 in all; left room for fields and markup
FIELD_LABEL: Final = 80
FIELD_VALUE: Final = 400
FIELDS: Final = 10  # Slack section
BLOCKS: Final = 20
BUTTONS_IN_ROW: Final = 5  # Discord action row
ROWS: Final = 5  # Discord action rows in a message
BUTTON_LABEL: Final = 75  # Slack button; Discord 80
OPTIONS: Final = 25  # Discord select
OPTION_LABEL: Final = 75  # Slack option
OPTION_VALUE: Final = 100  # Discord option
ALT_TEXT: Final = 1000
ACTION: Final = 40  # with the row id it must fit Discord's custom_id of 100
ROW: Final = 50
FORM_TITLE: Final = 24  # Slack modal title
FORM_FIELDS: Final = 25
FORM_FIELDS_IN_STEP: Final = 5  # Discord modal
INPUT_LABEL: Final = 45  # Discord text input label
INPUT_HINT: Final = 100  # Discord placeholder
SEARCHED: Final = 120  # Slack option value 150, with a mark before it
INPUT_LENGTH: Final = 3000  # Slack input
SUBMIT_LABEL: Final = 24  # Slack modal submit
FILES: Final = 10  # files in one input: Slack and Discord
FILE_BYTES: Final = 20_000_000  # the web, one form
FILE_ELSEWHERE: Final = 10_000_000  # a file on Slack, and on Discord where nobody has paid for more
