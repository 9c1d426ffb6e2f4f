"""The caseload behind I dag, read at once, against reading one citizen after the other. On the demonstration's data."""

import os
import tempfile
from pathlib import Path

from bench.sidebyside import compare


def main() -> None:
    """Loads the demonstration into a temporary SQLite file and compares."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "jobpakke.settings"
        os.environ["JOBPAKKE_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _load()
        _compare()


def _load() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from jobpakke.demo.load import load
    from jobpakke.lib.clock import today

    call_command("migrate", verbosity=0)
    load(today=today(), progress=lambda _done, _total: None)


def _compare() -> None:
    from jobpakke.access.models import User
    from jobpakke.continuity.caseload import caseload
    from jobpakke.lib.clock import today
    from jobpakke.packages.facts import plan_of
    from jobpakke.packages.models import JobPackage

    user, on = User.objects.get(username="bo"), today()

    def at_once() -> set[int]:
        return {case.running.package.pk for case in caseload(user, today=on, on=on) if case.running}

    def one_by_one() -> set[int]:
        cases = [case.running.package.pk for case in caseload(user, today=on, on=on) if case.running]
        return {plan_of(package, on=on).package.pk for package in JobPackage.objects.filter(pk__in=cases)}

    compare("caseload", at_once, one_by_one, against="reading it, then each plan by itself")


if __name__ == "__main__":
    main()
