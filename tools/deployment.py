"""What a deployment must trust: no migration is missing, and Django's deployment check has nothing to say."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "JOBPAKKE_MODE": "production",
    "JOBPAKKE_ALLOWED_HOSTS": "jobpakke.example",
    "JOBPAKKE_DATABASE_URL": "sqlite://:memory:",
    "DJANGO_SETTINGS_MODULE": "jobpakke.settings",
}
CHECKS = (
    ["makemigrations", "--check", "--dry-run"],
    ["check", "--deploy", "--fail-level", "WARNING"],
)


def main() -> None:
    """Runs both as production would; exits with the first that fails."""
    made_up = {name: secrets.token_urlsafe(64) for name in ("JOBPAKKE_SECRET_KEY", "JOBPAKKE_CPR_KEY")}
    for check in CHECKS:
        command = [sys.executable, "-W", "error", "-m", "django", *check]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **PRODUCTION, **made_up}, check=False)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
