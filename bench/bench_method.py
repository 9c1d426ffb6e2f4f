"""The method's intervals against asking for each day: 200 lives over ten years."""

from datetime import date, timedelta
from random import Random

from bench.sidebyside import compare
from jobpakke.lib.periods import Period
from jobpakke.method.status import LabourMarketStatus, SpellFact, status_line, status_on

WITHIN = Period(date(2008, 1, 1), date(2018, 1, 1))
DAYS = [WITHIN.start + timedelta(days=number) for number in range((date(2018, 1, 1) - WITHIN.start).days)]
STORED = (LabourMarketStatus.ORDINARY_JOB, LabourMarketStatus.FLEX_JOB, LabourMarketStatus.OTHER)
Life = tuple[list[SpellFact], list[Period]]


def lives() -> list[Life]:
    """Four spells and six activities each."""
    rng = Random(1)

    def period() -> Period:
        start = rng.choice(DAYS)
        return Period(start, start + timedelta(days=rng.randrange(1, 400)))

    return [
        ([SpellFact(rng.choice(STORED), period()) for _ in range(4)], [period() for _ in range(6)]) for _ in range(200)
    ]


def main() -> None:
    """Days with a job, over all lives: from the line, and day by day."""
    people = lives()
    job = LabourMarketStatus.ORDINARY_JOB

    def by_line() -> int:
        return sum(
            ((period.end or DAYS[-1]) - period.start).days
            for spells, busy in people
            for period, status in status_line(spells, busy, within=WITHIN)
            if status is job
        )

    def by_day() -> int:
        return sum(status_on(spells, busy, on=day) is job for spells, busy in people for day in DAYS)

    compare("status_line", by_line, by_day, against="status_on day by day")


if __name__ == "__main__":
    main()
