"""What a town is made with: its size, its shares, the limits its truth rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

COMMUNITY_SIZE: Final = 10_000
"""Residents of a community in a large town; also the greatest size of one (numbers of IDs)."""

WORKBOOKS_UP_TO: Final = 50_000
"""Towns of so many residents are written as workbooks unless told otherwise."""


@dataclass(frozen=True)
class Settings:
    """How to make a town.

    ``share_dibao`` is allowance households per resident, each paid every month it is on the
    roster: 10 M residents with 0.53 make 60 M payments a year. ``share_floating`` is floating
    persons per registered resident, ``claims`` medical claims (stays and purchases) per resident
    and year. ``cases`` is how many cases of each kind are planted, and as many near misses: in
    each community where ``everywhere``, else in the whole town. ``coded`` writes division codes
    instead of names, as a district's database does. ``share_metered`` is the dwellings whose water
    meter is read every month.
    """

    residents: int
    seed: int
    year: int = 2023
    share_dibao: float = 0.04
    share_floating: float = 0.12
    claims: float = 2.0
    cases: int = 1
    everywhere: bool = False
    coded: bool = False
    share_metered: float = 0.2

    def __post_init__(self) -> None:
        if not 300 <= self.residents <= 20_000_000:
            raise ValueError("a town has 300 to 20,000,000 residents")
        if not 0 < self.share_dibao <= 0.6 or not 0 <= self.share_floating <= 2 or not 0 <= self.claims <= 10:
            raise ValueError("share out of range: dibao 0-0.6, floating 0-2, claims 0-10")

    @property
    def as_of(self) -> dt.date:
        """The day the ledgers stand at: the last day of the year."""
        return dt.date(self.year, 12, 31)

    @property
    def sizes(self) -> list[int]:
        """The residents of each community; they add up to ``residents``."""
        count = -(-self.residents // COMMUNITY_SIZE)
        if not self.everywhere:
            count = max(count, min(4, self.residents // 900), 1)
        least, more = divmod(self.residents, count)
        return [least + (i < more) for i in range(count)]

    def turns(self, kind: int, community: int) -> int:
        """How many cases of the ``kind``-th kind this community gets."""
        if self.everywhere:
            return self.cases
        count = len(self.sizes)
        return sum(1 for turn in range(self.cases) if (kind + turn) % count == community)

    @property
    def limits(self) -> dict[str, object]:
        """The parameters that the truth is made with, under their declared names."""
        return {
            "population.max_persons_per_dwelling": 10,
            "population.assess_days": 7,
            "population.death_update_days": 30,
            "population.screening_from": dt.date(self.year, 3, 1),
            "population.screening_to": dt.date(self.year, 11, 30),
            "population.response_days": 15,
            "population.complex_ratio": "1.5",
            "population.use_months": 3,
            "assistance.standard": STANDARD,
            "assistance.due_day": 10,
            "assistance.dependence_months": 36,
            "assistance.skill_months": 36,
            "assistance.conflict_days": 60,
            "insurance.contribution_floor": FLOOR,
            "insurance.contribution_cap": CAP,
            "insurance.readmit_days": 10,
            "insurance.max_stays_per_year": 4,
            "insurance.pension_excess": "0.10",
            "insurance.retiree_growth_limit": "0.20",
            "insurance.retirees_per_worker": 400,
            "insurance.workload_per_person": 3000,
            "insurance.supervision_workload_per_person": 500,
            "insurance.audit_coverage_floor": "0.30",
            "insurance.complaint_days": 60,
            "insurance.max_steps_per_item": 8,
            "microcredit.control_ratio": "0.15",
            "microcredit.benchmark_rate": "4.35",
            "microcredit.disburse_days": 30,
            "microcredit.help_days": 30,
            "microcredit.fund_multiple": 5,
            "accounting.large_payment": 5000,
            "accounting.deposit_days": 5,
            "accounting.report_days": 0,
            "accounting.reconcile_days": 5,
            "accounting.disclosure_months": 6,
            "accounting.review_months": 6,
            "integrity.split_days": 30,
            "energy.loss_limit": "0.15",
            "energy.warn_ratio": "0.90",
            "energy.verify_months": 60,
            "energy.gas_kgce": "1.2143",
            "safety.at_once_days": 1,
            "safety.reminder_days": 30,
            "safety.status_goal": dt.date(self.year, 6, 30),
            "culture.low_attendance": 15,
            "culture.project_days": 30,
            "culture.elderly_share": "0.60",
            "microcredit.penalty_surcharge": 50,
            "microcredit.loss_share_government": "0.5",
            "microcredit.loss_share_bank": "0.5",
            "microcredit.control_ratio_first": "否",
            "microcredit.report_months": 12,
        }


STANDARD: Final = 930
"""Yuan a person and month: the minimum living standard of the town."""
FLOOR: Final = 4071
CAP: Final = 20355
"""Lowest and highest contribution base of the town, yuan a month."""
