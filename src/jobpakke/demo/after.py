"""What is written in the journal after a job began: calls by plan, use of aftercare, and a job that is lost."""

from __future__ import annotations

from datetime import date, timedelta

from jobpakke.demo.lives import NoteLife
from jobpakke.demo.notes import called, corrected, internal, one
from jobpakke.packages.models import CareTopic, Party


def looked_after(begun: date) -> tuple[NoteLife, ...]:
    """Over some fourteen months: held, used twice, one round missed, held again."""
    first = one(_on(begun, 12), "Ringede efter de første uger. Glad for arbejdet, men møder for tidligt til bussen.")
    fixed = "Ringede efter de første uger. Glad for arbejdet; mødetiden er flyttet en halv time, så bussen passer."
    hours = "Ringede selv: vagtplanen lægges om. Aftalte, at vi taler med lederen sammen."
    tasks = "Lederen ringede: nye maskiner. Bestiller det korte kursus."
    return (
        corrected(first, fixed),
        one(_on(begun, 80), "Opfølgning efter planen. Er faldet godt til."),
        called(_on(begun, 131), Party.CITIZEN, CareTopic.HOURS, hours),
        internal(_on(begun, 133), "Talt med lederen på forhånd. Aftalt, hvem der siger hvad på mødet."),
        one(_on(begun, 210), "Opfølgning efter planen. De nye vagter passer."),
        called(_on(begun, 398), Party.COMPANY, CareTopic.TASKS, tasks),
    )


def let_go(begun: date) -> tuple[NoteLife, ...]:
    """Two checks held, then nobody called."""
    return (
        one(_on(begun, 14), "Første samtale efter jobstart. Det går godt."),
        one(_on(begun, 95), "Opfølgning efter planen. Intet nyt."),
    )


def wished_to_stop(begun: date, ended: date) -> tuple[NoteLife, ...]:
    """The citizen does not need it any more."""
    return (
        one(_on(begun, 13), "Første samtale efter jobstart. Det går godt."),
        one(_on(begun, 98), "Opfølgning efter planen. Har fået fast makker."),
        one(ended, "Har ikke brug for efterværn mere og ønsker at stoppe. Kan altid ringe."),
    )


def lost_the_job(begun: date, lost: date) -> tuple[NoteLife, ...]:
    """Help was sought, and the job ended all the same."""
    risk = "Ringede: afdelingen skal spare. Aftalte at tale med lederen om andre opgaver."
    company = "Lederen ringede: stillingen nedlægges, arbejdet har været godt. Vil gerne skrive en anbefaling."
    return (
        one(_on(begun, 14), "Første samtale efter jobstart. Det går godt."),
        called(_on(begun, 77), Party.CITIZEN, CareTopic.AT_RISK, risk),
        called(lost - timedelta(days=3), Party.COMPANY, CareTopic.AT_RISK, company),
    )


def _on(begun: date, days: int) -> date:
    return begun + timedelta(days=days)
