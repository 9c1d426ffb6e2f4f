"""The three published cases, from the first conversation to the outcome, made by the verbs alone.

Names of family, companies and colleagues are invented. All three stand in Århus: Wadeera and Fuat in an ordinary job,
Bukurije in a flex job on 1 September 2009.
"""

from jobpakke.demo.bulk import Ground
from jobpakke.demo.cases import bukurije, fuat, wadeera
from jobpakke.demo.cases.teller import Teller


def tell(ground: Ground) -> int:
    """Makes the three cases; returns how many."""
    teller = Teller(ground)
    bukurije.tell(teller)
    wadeera.tell(teller)
    fuat.tell(teller)
    return 3
