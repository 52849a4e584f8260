"""Loans of an invented lending office whose ends depend on what its ledgers said: enough to train a card on.

Nobody in it is real. The chance of a bad end grows with earlier delays, debts and the youth of the shop; it
has nothing to do with the columns on conduct and family, which are filled with noise.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
AS_OF = dt.date(2023, 12, 31)


def _day(start: dt.date, days: int) -> str:
    return (start + dt.timedelta(days)).isoformat()


def office(people: int = 600, seed: int = 7, *, drift: float = 0.0) -> Rows:
    """Ledgers of so many borrowers; ``drift`` shifts their debts, as people change over the years."""
    luck = random.Random(seed)
    rows: Rows = {
        "microcredit.application": [],
        "microcredit.loan": [],
        "microcredit.bad_record": [],
        "microcredit.credit_file": [],
        "microcredit.economic_file": [],
        "microcredit.training": [],
        "registry.business": [],
    }
    for n in range(people):
        person, name = f"P{n:05d}", luck.choice("赵钱孙李周吴") + luck.choice("安康宁平和")
        on = dt.date(2019, 1, 1) + dt.timedelta(luck.randrange(900))
        risk = -1.4
        delay = luck.choice([0, 0, 0, 12, 45, 120])
        if luck.random() < 0.55:
            paid_out = on - dt.timedelta(900)
            due = paid_out + dt.timedelta(365)
            rows["microcredit.loan"].append(
                {
                    "loan_no": f"E{n:05d}",
                    "name": name,
                    "person": person,
                    "paid_out_on": paid_out.isoformat(),
                    "due_on": due.isoformat(),
                    "amount": 10000,
                    "outstanding": 0,
                    "repaid": 10000,
                    "settled_on": _day(due, delay),
                }
            )
            risk += delay / 40
        debt = round(max(0.0, luck.gauss(6000 + 20000 * drift, 9000)), -2)
        if luck.random() < 0.9:
            rows["microcredit.credit_file"].append(
                {
                    "entry_no": f"X{n:05d}",
                    "person": person,
                    "name": name,
                    "recorded_on": _day(on, -30),
                    "other_debt": debt,
                    "observation": luck.choice(["老实", "爱喝酒", "父亲有案底", None]),
                    "intention": luck.choice(["愿意还", "说不准"]),
                }
            )
            risk += debt / 12000
        income = luck.choice([0, 24000, 36000, 60000, 90000])
        rows["microcredit.economic_file"].append(
            {
                "file_no": f"J{n:05d}",
                "person": person,
                "opened_on": _day(on, -60),
                "yearly_income": income,
                "members": luck.randrange(1, 6),
                "family_status": luck.choice(["离异", "和睦"]),
            }
        )
        months = luck.randrange(0, 96)
        if luck.random() < 0.85:
            rows["registry.business"].append(
                {
                    "person": person,
                    "credit_code": f"L{n:05d}",
                    "opened_on": _day(on, -31 * months - 3),
                    "name": name,
                    "shop": "店",
                }
            )
            risk -= months / 60
        passed = luck.random() < 0.6
        if luck.random() < 0.8:
            rows["microcredit.training"].append(
                {"person": person, "completed_on": _day(on, -90), "result": "合格" if passed else "不合格"}
            )
            risk += -0.5 if passed else 0.5
        if luck.random() < 0.08:
            rows["microcredit.bad_record"].append(
                {"person": person, "recorded_on": _day(on, -200), "breach": "逾期", "name": name}
            )
            risk += 1.5
        asked = luck.choice([10000, 20000, 30000, 50000])
        rows["microcredit.application"].append(
            {
                "application_no": f"A{n:05d}",
                "name": name,
                "person": person,
                "applied_on": on.isoformat(),
                "asked": asked,
                "startup_money": asked + luck.choice([0, 5000, 20000]),
                "licence": f"L{n:05d}",
                "result": "批准",
                "approved": asked,
                "approved_on": _day(on, 20),
            }
        )
        due = on + dt.timedelta(30 + 730)
        bad = luck.random() < 1 / (1 + 2.718281828**-risk)
        late = luck.choice([120, 300]) if bad else luck.choice([-20, 0, 0])
        rows["microcredit.loan"].append(
            {
                "loan_no": f"L{n:05d}",
                "application_no": f"A{n:05d}",
                "name": name,
                "person": person,
                "paid_out_on": _day(on, 30),
                "due_on": due.isoformat(),
                "amount": asked,
                "outstanding": 0,
                "repaid": asked,
                "settled_on": _day(due, late),
            }
        )
    return rows
