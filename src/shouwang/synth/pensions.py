"""Retired persons: the register, and the pensions paid to them month by month."""

from __future__ import annotations

import numpy as np

from shouwang.synth.numbers import accounts, either, money, padded, phones
from shouwang.synth.people import MEN_RETIRE, WOMEN_RETIRE
from shouwang.synth.site import NEVER, RETIRED, Site

RESIDENTS = "城乡居民"
"""What stands for a former employer where the pension is the residents' one."""


def build(site: Site) -> None:
    """Fill the register of retirees and the pension ledger; dibao members have the residents' pension."""
    people, rng = site.people, site.rng
    some = np.flatnonzero(people.work == RETIRED)
    n = len(some)
    poor = people.poor_person[some]
    years = np.where(people.male[some], MEN_RETIRE, WOMEN_RETIRE)
    latest = np.datetime64(site.day(9, 20), "D")
    retired = np.minimum(people.born[some] + (years * 365.25).astype(int) + 1, latest)
    amount = (
        np.where(poor, 20 * rng.integers(8, 16, n), rng.integers(160, 420, n) * 10).astype(np.int64) * 100
    )
    died = people.died[some]
    site.put(
        "registry.retirement",
        {
            "name": people.names.gather(some),
            "sex": either(people.male[some], "男", "女"),
            "person": people.ids.gather(some),
            "former_employer": either(poor, RESIDENTS, "原县属企业"),
            "retired_on": retired,
            "kind": either(poor, "居民养老", "正常退休"),
            "certificate_no": f"TX{site.index:04d}" + padded(np.arange(n) + 1, 5),
            "pension": money(amount),
            "accepted_on": retired + 30,
            "address": site.dwelling["address"].gather(people.household[some]),
            "phone": phones(rng.integers(0, 10_000, n)),
            "note": either(died != NEVER, "已去世"),
        },
        n,
    )
    # Paid from the month after retirement to the month of death.
    months = np.array([site.month(m) for m in range(1, 13)], "datetime64[M]")
    paid = (months[None, :] > retired[:, None].astype("datetime64[M]")) & (
        months[None, :] <= died[:, None].astype("datetime64[M]")
    )
    of, at = np.nonzero(paid)
    month = months[at].astype("datetime64[D]")
    total = amount * paid.sum(axis=1)
    account = accounts(site.index * 10**6 + np.arange(n))
    member = f"LT{site.index:04d}" + padded(np.arange(n) + 1, 5)
    names, ids = people.names.gather(some), people.ids.gather(some)
    site.put(
        "insurance.pension_payment",
        {
            "member_no": member.gather(of),
            "name": names.gather(of),
            "person": ids.gather(of),
            "former_employer": either(poor, RESIDENTS, "原县属企业").gather(of),
            "retired_month": retired[of].astype("datetime64[M]").astype("datetime64[D]"),
            "monthly_pension": money(amount[of]),
            "month": month,
            "amount": money(amount[of]),
            "kind": "正常",
            "paid_on": month + 11,
            "account": account.gather(of),
            "year_total": money(total[of]),
            "note": None,
        },
        len(of),
    )
    site.pensions = dict(zip(some.tolist(), (amount / 100).tolist(), strict=True))
