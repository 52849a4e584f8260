"""The rules of social insurance (S10), by topic; importing the package registers them all."""

from shouwang.packs.insurance.rules import (
    audits,
    contributions,
    handling,
    hospital,
    offices,
    pensions,
    pharmacy,
    providers,
    registration,
    standards,
)

__all__ = [
    "audits",
    "contributions",
    "handling",
    "hospital",
    "offices",
    "pensions",
    "pharmacy",
    "providers",
    "registration",
    "standards",
]
