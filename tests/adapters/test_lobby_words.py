"""What is typed into the lobby's rooms: commands, however their blanks come, and words of any script."""

from datetime import timedelta

import pytest

from adapters.web.inbound import typed
from plnbot.talk.interactions import Command
from tests.scenarios.lobby import ROOM, LobbyDriver
from tests.scenarios.test_whole_chat import planned


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\t", "\u2009", "\u3000", "\n", " \u00a0 "])
def test_any_blank_stands_behind_a_command(blank: str) -> None:
    """Mac's Option and Space, and what is pasted, make others than the plain one."""
    assert typed(f"/pln{blank}me profile") == Command("me profile")
    assert typed(f"/PLN{blank}") == Command("")
    assert typed("/plnet profile") is None
    assert typed(blank) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_words_of_any_script_stand_right(lobby: LobbyDriver) -> None:
    """Words run as they do, whatever mark is before them; fields find the direction by themselves."""
    arabic = "أقرأ مع طلابي (30 دقيقة)."
    runs = {
        arabic: "rtl",
        f"A1 {arabic}": "rtl",
        "A1 اليوم": "rtl",
        "A1 Why?": "ltr",
        "12:30": "auto",
    }
    for words in runs:
        await lobby.say("maya", words)
    page = await (await lobby.client.get(f"/as/maya/room/{ROOM}")).text()
    for words, direction in runs.items():
        assert f'<p class="words" dir="{direction}">{words}</p>' in page, words
    assert "<bdi>Maya" in page
    assert '<textarea dir="auto" id="words"' in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_counts_shows_so(lobby: LobbyDriver) -> None:
    """Beside an answer stands under which question, prepared ones too, and goes when it is edited away."""
    await planned(lobby)
    await lobby.say("priya", "A2 in the bin")
    await lobby.say("luis", "I read A2 twice")
    room = await (await lobby.client.get(f"/as/maya/room/{ROOM}")).text()
    assert room.count('<span class="counts">✓ Q2</span>') == 1
    assert "in the bin" not in await lobby.page("luis", "chat/1")
    await lobby.say("sam", "A1 on second thought, nothing")
    await lobby.edit("sam", "A1 on second thought, nothing", "never mind")
    room = await (await lobby.client.get(f"/as/maya/room/{ROOM}")).text()
    assert room.count('class="counts"') == 1
    await lobby.pass_time(timedelta(hours=8, minutes=20))
    assert "in the bin" in await lobby.page("luis", "chat/1")
    assert "on second thought" not in await lobby.page("luis", "chat/1")
