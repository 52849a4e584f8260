"""People, units and shorthands that the tests of the pack share."""

from __future__ import annotations

from collections.abc import Iterable

from shouwang.risk.findings import Finding

# The region 999901 is no place; the 17th digit is odd for men, even for women.
MAN, MAN_2, MAN_3, MAN_4 = (
    "999901197001010011",
    "99990119720202003X",
    "99990119850303005X",
    "999901199004040071",
)
WOMAN, WOMAN_2, WOMAN_3 = "999901197501010026", "999901198802020046", "999901199103030063"
OLD_MAN, OLD_WOMAN = "999901194501010014", "999901195002020028"
BOY = "999901202301010017"

MILL, SHOP = "云溪样织纺织厂", "云溪样禾超市"
MILL_CODE, SHOP_CODE = "91999901WKJDY17K9E", "91999901H8DNG8NW5B"

PARAMETERS = {
    "insurance.contribution_floor": 4071,
    "insurance.contribution_cap": 20355,
    "insurance.readmit_days": 10,
}


def subjects(findings: Iterable[Finding]) -> set[str]:
    """Whom or what the findings are about."""
    return {f.subject_id for f in findings}


def by_subject(findings: Iterable[Finding]) -> dict[str, Finding]:
    """The findings by subject; two on one subject are an error of the test."""
    found: dict[str, Finding] = {}
    for finding in findings:
        assert finding.subject_id not in found, f"two findings on {finding.subject_id}"
        found[finding.subject_id] = finding
    return found
