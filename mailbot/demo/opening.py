"""The opening story: the last weeks of the sample shop happen quickly, so that a newcomer sees a finished story."""

from datetime import UTC, datetime, timedelta

from mailbot.demo import sample
from mailbot.demo.stage import Stage

_START = timedelta(days=45)  # the sample's news begins so long ago


async def rehearse(stage: Stage) -> None:
    """Plays the story up to now, unless it was kept from the last time."""
    if stage.has_story:
        return
    today = datetime.now(UTC)
    stage.clock.ahead = -_START
    for at, body in sample.news(today):
        await stage.pass_until(at)
        await stage.tell(body)
        await stage.settle()
    await stage.pass_until(today)
    stage.clock.ahead = timedelta(0)
    await _first_answer(stage)
    stage.has_story = True
    stage.save()


async def _first_answer(stage: Stage) -> None:
    """One conversation is there already."""
    letter = next(post for post in stage.office.box("maria@cliente.example") if "delivery/keys" in post.letter)
    await stage.answer(letter, "Grazie! Potete mandarmi di nuovo la fattura? Mi serve per il commercialista.")
    await stage.settle()
