"""A coach who changes their mind: before and after a chat is published, and back again."""

from datetime import timedelta

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import SIX, planned


async def drafted(driver: Driver) -> None:
    """Let the coach see a draft."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=SIX, starts="today 8 pm Eastern", plan="classic60")


async def test_a_draft_thrown_away_by_mistake(driver: Driver) -> None:
    """It comes back as a draft: the room hears of it when it is published, and not before."""
    await drafted(driver)
    await driver.press("maya", "Throw away")
    await driver.press("maya", "Take it out again")
    assert "not announced yet" in await driver.alone("maya")
    assert "Coming up" not in await driver.see("priya")
    await driver.press("maya", "Publish")
    assert "Coming up" in await driver.see("priya")


async def test_a_draft_is_found_again_and_published(driver: Driver) -> None:
    """Whoever left the preview finds the draft, and everything to do with it, on its page."""
    await drafted(driver)
    await driver.press_on_page("maya", "chat/1", "Publish")
    assert "Coming up" in await driver.see("priya")
    assert "Open the panel" in await driver.page("maya", "chat/1")
    assert "Open the panel" not in await driver.page("priya", "chat/1")


async def test_the_next_is_planned_from_the_list(driver: Driver) -> None:
    """Whoever plans chats does so from the page too, in the room of the latest; nobody else is offered it."""
    await planned(driver)
    assert "Plan a chat" not in await driver.page("priya", "chats")
    await driver.press_on_page("maya", "chats", "Plan a chat")
    await driver.submit(
        "maya", questions=SIX, starts="tomorrow 8 pm Eastern", plan="classic60", title="Once more"
    )
    assert "Once more" in await driver.page("maya", "chats")
    await driver.press_on_page("maya", "chat/2", "Publish")
    await driver.pass_time(timedelta(minutes=1))
    assert "Once more" in await driver.see("priya")


async def test_a_chat_called_off_is_found_again(driver: Driver) -> None:
    """What the room was told before no longer stands there, and the coach finds the way back."""
    await planned(driver)
    await driver.pass_time(timedelta(minutes=1))
    await driver.press("maya", "Call it off")
    seen = await driver.see("priya")
    assert "Coming up" not in seen
    assert "Remind me" not in seen
    assert "Called off or thrown away" in await driver.page("maya", "chats")
    assert "Called off or thrown away" not in await driver.page("priya", "chats")
    await driver.press_on_page("maya", "chat/1", "Make it a draft again")
    await driver.press_on_page("maya", "chat/1", "Publish")
    await driver.pass_time(timedelta(minutes=1))
    seen = await driver.see("priya")
    assert seen.count("Coming up") == seen.count("Remind me") == seen.count("Announced anew") == 1
    assert "Called off or thrown away" not in await driver.page("maya", "chats")


async def test_a_draft_is_used_again_and_thrown_away_for_good(driver: Driver) -> None:
    """What was thrown away is found for a month, another is made of it, and it goes: by hand or by itself."""
    await drafted(driver)
    await driver.press("maya", "Throw away")
    assert "gone for good" in await driver.alone("maya")
    assert "Called off or thrown away" in await driver.page("maya", "chats")
    await driver.press_on_page("maya", "chat/1", "Plan another like it")
    assert "Where does feedback go to die?" in await driver.page("maya", "chat/2")
    await driver.press_on_page("maya", "chat/1", "Delete it for good")
    assert "Called off or thrown away" not in await driver.page("maya", "chats")
    await driver.press_on_page("maya", "chat/2", "Throw away")
    await driver.pass_time(timedelta(days=29))
    assert "Called off or thrown away" in await driver.page("maya", "chats")
    await driver.pass_time(timedelta(days=2))
    assert "Called off or thrown away" not in await driver.page("maya", "chats")


async def test_who_asked_to_be_reminded_hears_that_it_is_off(driver: Driver) -> None:
    """Whoever counts on a chat is told once, and not reminded of it."""
    await planned(driver)
    await driver.press("priya", "Remind me")
    await driver.pass_time(timedelta(minutes=1))
    await driver.press("maya", "Call it off")
    await driver.pass_time(timedelta(hours=8))
    told = await driver.messages("priya")
    assert told.count("will not take place") == 1
    assert "It starts" not in told


async def test_a_start_that_has_passed_is_asked_for_anew(driver: Driver) -> None:
    """Publishing too late opens the form with the questions in it instead of a dead end."""
    await drafted(driver)
    await driver.pass_time(timedelta(days=2))
    await driver.press_on_page("maya", "chat/1", "Publish")
    await driver.submit("maya", starts="tomorrow 8 pm Eastern")
    await driver.press("maya", "Publish")
    assert "Where does feedback go to die?" in await driver.see("priya")


async def test_another_time_reaches_every_announcement(driver: Driver) -> None:
    """A new time is announced, and the old announcement leads there; other words are put right."""
    await planned(driver)
    await driver.press("maya", "Change")
    await driver.submit("maya", questions=SIX.replace("to die", "to live"))
    proposed = await driver.alone("maya")
    assert "This will change" in proposed
    assert "Q2 Where does feedback go to live? Nobody is told" in proposed
    assert "to live" not in await driver.see("priya")
    await driver.press("maya", "Change it")
    seen = await driver.see("priya")
    assert seen.count("Coming up") == 1
    assert "Where does feedback go to live?" in seen
    await driver.press("priya", "Remind me")
    await driver.pass_time(timedelta(minutes=1))
    await driver.press("maya", "Change")
    await driver.submit("maya", starts="today 9 pm Eastern")
    proposed = await driver.alone("maya")
    assert "instead of Mon, Nov 23, 8:00 PM ET" in proposed
    assert "The room is told, and 1 person who asked to be reminded." in proposed
    await driver.press("maya", "Change it")
    await driver.pass_time(timedelta(minutes=1))
    seen = await driver.see("priya")
    assert "It was to begin" in seen
    assert seen.count("9:00 PM ET · 60 minutes") == seen.count("Coming up") == 1
    assert seen.count("Announced anew") == 1
    assert "8:00 PM ET · 60 minutes" not in seen
    await driver.pass_time(timedelta(hours=5))  # nobody is written to in class
    assert "instead of Mon, Nov 23, 8:00 PM ET" in await driver.messages("priya")


async def test_prepared_answers_follow_their_question(driver: Driver) -> None:
    """A question put before the others moves nobody's answer to another question."""
    await planned(driver)
    await driver.press_on_page("priya", "chat/1", "Answer Q2")
    await driver.submit("priya", words="in the bin")
    await driver.press("maya", "Change")
    await driver.submit("maya", questions=SIX.replace("Q1: What", "Q1: Who are you?\nQ1: What"))
    await driver.press("maya", "Change it")
    page = await driver.page("priya", "chat/1")
    assert page.rindex("Q3 Where does") < page.index("in the bin") < page.rindex("Q4 How do")


async def test_a_question_taken_out_by_mistake(driver: Driver) -> None:
    """The coach is told what was prepared for it, and has all of it back as it was."""
    await planned(driver)
    await driver.press_on_page("priya", "chat/1", "Answer Q2")
    await driver.submit("priya", words="in the bin")
    await driver.press("maya", "Change")
    fewer = SIX.replace("2. Where does feedback go to die?\n", "")
    await driver.submit("maya", questions=fewer, starts="today 9 pm Eastern")
    await driver.press("maya", "Change it")
    assert (
        "Taken out, with 1 answer that was prepared: Q2 Where does feedback go to die?"
        in await driver.alone("maya")
    )
    assert "in the bin" not in await driver.page("priya", "chat/1")
    await driver.press("maya", "Take the change back")
    assert "It is as it was before the change." in await driver.alone("maya")
    page = await driver.page("priya", "chat/1")
    assert "Begins Mon, Nov 23, 8:00 PM ET" in page
    assert page.rindex("Q2 Where does") < page.index("in the bin") < page.rindex("Q3 How do")
    await driver.pass_time(timedelta(hours=8, minutes=19))
    assert "in the bin" in await driver.page("luis", "chat/1")


async def test_a_question_taken_out_of_a_draft(driver: Driver) -> None:
    """What the coach prepared comes back too when the question is pasted again, and nothing is lost."""
    await drafted(driver)
    await driver.press_on_page("maya", "chat/1", "Answer Q1")
    await driver.submit("maya", words="the exit ticket")
    without_first = SIX.replace("Q1: What worked this week? 🎉\n", "")
    await driver.press_on_page("maya", "chat/1", "Change")
    await driver.submit("maya", questions=without_first)
    assert "Taken out, with 1 answer that was prepared: Q1 What" in await driver.alone("maya")
    assert "the exit ticket" not in await driver.page("maya", "chat/1")
    await driver.press_on_page("maya", "chat/1", "Change")
    await driver.submit("maya", questions=SIX)
    assert "Taken out" not in await driver.alone("maya")
    assert "the exit ticket" in await driver.page("maya", "chat/1")


async def test_a_change_is_not_taken_back_from_a_chat_that_goes_on(driver: Driver) -> None:
    """Once it has begun, its questions stand."""
    await planned(driver)
    await driver.press("maya", "Change")
    await driver.submit("maya", questions=SIX.replace("Bonus: What did you eat?\n", ""))
    await driver.press("maya", "Change it")
    assert "Taken out: Bonus What did you eat?" in await driver.alone("maya")
    await driver.pass_time(timedelta(hours=8, minutes=1))
    await driver.press("maya", "Take the change back")
    assert "the chat was changed again, or it has begun" in await driver.alone("maya")


async def test_a_document_whose_start_has_passed(driver: Driver) -> None:
    """What was read in the document is named, because the coach wrote no start."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions="Join us May 3, 2020, at 8 pm ET\nQ1: Why read?")
    assert "Your document says “May 3, 2020, at 8 pm ET”" in await driver.alone("maya")


async def test_a_document_without_a_hashtag_is_named_by_its_first_line(driver: Driver) -> None:
    """A line that is no sentence is the title."""
    document = "Feedback that sticks\nQ1: Why read?"
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=document, starts="today 8 pm Eastern")
    assert "not announced yet Feedback that sticks Starts" in await driver.alone("maya")
    assert (await driver.alone("maya")).count("Feedback that sticks") == 1


async def test_a_document_without_a_headline_is_named_by_its_day(driver: Driver) -> None:
    """Its first question stays a question; another day names it anew, and a title of its own stays."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions="Q1: Why read?", starts="today 8 pm Eastern")
    draft = await driver.alone("maya")
    assert "not announced yet Chat on Mon, Nov 23 Starts" in draft
    assert "Q1 Why read?" in draft
    assert "You gave it no title, so its day names it." in draft
    await driver.press("maya", "Change")
    await driver.submit("maya", starts="tomorrow 8 pm Eastern")
    assert "not announced yet Chat on Tue, Nov 24 Starts" in await driver.alone("maya")
    await driver.press("maya", "Change")
    await driver.submit("maya", title="Reading aloud")
    await driver.press("maya", "Change")
    await driver.submit("maya", starts="today 9 pm Eastern")
    draft = await driver.alone("maya")
    assert "not announced yet Reading aloud Starts" in draft
    assert "You gave it no title" not in draft


async def test_times_written_in_a_document_survive_a_change(driver: Driver) -> None:
    """Who changes the title of a chat finds its questions at the times they were given."""
    document = "Q1: Why read? [8:07 pm]\nQ2: Why write? [8:21 pm]\nQ3: Why not? [8:40 pm]"
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=document, starts="today 8 pm Eastern")
    for title in ("", "Reading aloud"):
        draft = await driver.alone("maya")
        for moment in ("8:07 PM ET Q1 Why read?", "8:21 PM ET Q2 Why write?", "8:40 PM ET Q3"):
            assert moment in draft
        await driver.press("maya", "Change")
        await driver.submit("maya", title=title)
    await driver.press("maya", "Change")
    await driver.submit("maya", starts="today 9 pm Eastern")
    shown = await driver.alone("maya")
    for moment in ("9:07 PM ET Q1 Why read?", "9:21 PM ET Q2 Why write?", "9:40 PM ET Q3"):
        assert moment in shown
