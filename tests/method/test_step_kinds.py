"""One registry entry a kind, and the database's choices say the same."""

from jobpakke.citizens.models import Status
from jobpakke.method.ladder import Ending
from jobpakke.method.status import LabourMarketStatus
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.packages.models.steps import EvidenceKindChoice, Step, StepKindChoice


def test_every_kind_has_an_entry_that_allows_some_evidence() -> None:
    assert set(STEP_KINDS) == set(StepKind)
    assert all(rule.evidence_kinds for rule in STEP_KINDS.values())


def test_choices_of_the_database_are_the_kinds_of_the_method() -> None:
    assert set(StepKindChoice.values) == {kind.value for kind in StepKind}
    assert set(EvidenceKindChoice.values) == {kind.value for kind in EvidenceKind}
    assert set(Status.values) < {status.value for status in LabourMarketStatus}
    constraint = next(each for each in Step._meta.constraints if each.name == "step_ending")
    assert all(ending.value in str(constraint) for ending in Ending)
