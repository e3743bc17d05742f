"""Invented facts for every paper: no person, firm, number or account here exists."""

from datetime import datetime

from documents.samples import (
    archive,
    authority,
    closing,
    exits,
    hearing,
    intake,
    oversight,
    referral,
    settlement,
)
from documents.samples.people import Sample, at

PARTS = (intake, authority, referral, hearing, settlement, exits, oversight, closing, archive)
SAMPLES: dict[str, Sample] = dict(
    sorted((code, sample) for part in PARTS for code, sample in part.SAMPLES.items())
)
FACTS = {code: sample.facts for code, sample in SAMPLES.items()}
NUMBERS = {code: sample.number for code, sample in SAMPLES.items() if sample.number}
DAYS = {code: sample.day for code, sample in SAMPLES.items()}


def instant_of(code: str) -> datetime:
    """When the sample was issued: ten o'clock of its day."""
    return at(DAYS[code], 10)
