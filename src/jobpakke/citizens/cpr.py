"""CPR numbers: checked, encrypted, and found again through a keyed hash. The number itself is never stored in clear.

Numbers whose control digit fails are valid: the CPR office has given such numbers out since 2007. Replacement numbers
(erstatningspersonnummer) have the day of birth raised by 60.
"""

import base64
import hashlib
import hmac
from datetime import date
from enum import StrEnum
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from stdnum.dk import cpr as stdnum_cpr
from stdnum.exceptions import ValidationError

from jobpakke.lib.refusal import Refusal, Refused

REPLACEMENT_DAYS = 60


class CprRefusal(StrEnum):
    """Why a CPR number was not taken. The number itself is never an argument."""

    CPR_WRONG = "CPR_WRONG"
    CPR_NOT_BORN = "CPR_NOT_BORN"


def parse(text: str, *, on: date) -> tuple[str, date]:
    """Ten digits and the date of birth.

    Raises:
        Refused: CPR_WRONG (not ten digits, or no such date of birth), CPR_NOT_BORN (born after ``on``).
    """
    number = stdnum_cpr.compact(text)
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        raise Refused(Refusal(CprRefusal.CPR_WRONG, {}))
    day = int(number[:2])
    real_day = day - REPLACEMENT_DAYS if day > REPLACEMENT_DAYS else day
    try:
        born_on = stdnum_cpr.get_birth_date(f"{real_day:02d}{number[2:]}")
    except ValidationError as error:
        raise Refused(Refusal(CprRefusal.CPR_WRONG, {})) from error
    if born_on > on:
        raise Refused(Refusal(CprRefusal.CPR_NOT_BORN, {}))
    return number, born_on


def encrypt(number: str) -> str:
    """The number as a Fernet token under the key of the environment."""
    return Fernet(_key("encryption")).encrypt(number.encode()).decode()


def decrypt(token: str) -> str:
    """The number behind a token; cryptography.fernet.InvalidToken when the key is another."""
    return Fernet(_key("encryption")).decrypt(token.encode()).decode()


def fingerprint(number: str) -> str:
    """A keyed hash (HMAC-SHA256, hex) by which a number is found without being readable."""
    return hmac.new(_key("fingerprint"), number.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.CPR_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"jobpakke cpr {purpose}".encode())
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
