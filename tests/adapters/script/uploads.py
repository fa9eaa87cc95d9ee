"""A file that lies with a platform and is not what was asked for: the form opens again."""

from plnbot.talk.interactions import Press, Submit
from plnbot.talk.uploads import AwaitedFile
from tests.adapters.script import ANA, Script


async def before(script: Script) -> None:
    """Send a picture of a document in place of the document."""

    async def read(_workspace: str, _file: AwaitedFile, _most: int) -> bytes:
        return b"%PDF-1.7"

    script.parts.desk.files_in.read_by(script.room.platform, read)
    values = {"questions": "", "starts": "today 8 pm Eastern", "plan": "classic60"}
    files = {"document": [AwaitedFile("plan.pdf", 8, "F1")]}
    await script.do(ANA, Submit("chat.new", values, files=files), "form chat.new with a file")
    await script.do(ANA, Press("form.again", "1"))
    await script.do(ANA, Press("form.on_the_web", "1"))
