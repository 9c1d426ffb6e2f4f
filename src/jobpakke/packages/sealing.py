"""Files kept encrypted: a key of their own, derived from the same secret as that of the CPR numbers.

A token of one purpose opens with no key of another. As with the numbers, who loses the secret loses the files.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(content: bytes) -> bytes:
    """The content as a Fernet token."""
    return Fernet(_key(settings.CPR_KEY)).encrypt(content)


def unseal(token: bytes | memoryview) -> bytes:
    """The content behind a token; cryptography.fernet.InvalidToken when the key is another or a byte has changed."""
    return Fernet(_key(settings.CPR_KEY)).decrypt(bytes(token))


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"jobpakke signed copy encryption")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
