"""The means test of S2 for a million persons, beside OpenFisca-core on the same numbers.

OpenFisca is the reference for rules as code: entities, periods, vectorised formulas on numpy.
Both get the same arrays in memory and must agree to the fen; building each side's own input form
(a table for us, a simulation for OpenFisca) is timed apart from the calculation.

Needs ``pip install openfisca-core``. Run: ``python benchmarks/means_test.py [PERSONS]``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

from shouwang.packs.assistance.means_test import assess

STANDARD = 930
ROUNDS = 5


def town(persons: int) -> tuple[np.ndarray, np.ndarray]:
    """Household number and income (fen) of each person; households of one to five."""
    rng = np.random.default_rng(7)
    sizes = rng.integers(1, 6, persons)
    household = np.repeat(np.arange(persons), sizes)[:persons]
    income = rng.choice([0, 45_000, 93_000, 120_050, 260_000], persons, p=[0.4, 0.2, 0.15, 0.15, 0.1])
    return household, income + rng.integers(0, 5_000, persons) * (income > 0)


def ours(household: np.ndarray, income: np.ndarray) -> tuple[Callable[[], np.ndarray], float]:
    """The calculation over a DuckDB table, and the seconds to fill the table."""
    start = time.perf_counter()
    database = ibis.duckdb.connect(threads=1)
    given = ibis.memtable(pa.table({"household": household, "fen": income}))
    members = database.create_table(
        "members",
        given.select(
            household=given.household.cast("string"),
            income=(given.fen.cast("float64") / 100).cast("decimal(18, 2)"),
            counted=ibis.literal(True),
        ),
    )
    query = assess(members, ibis.literal(STANDARD, "decimal(18, 2)")).select("household", "allowance")
    built = time.perf_counter() - start

    def run() -> np.ndarray:
        answer = query.to_pyarrow()
        order = np.argsort(answer["household"].cast(pa.int64()).to_numpy())
        yuan = answer["allowance"].cast(pa.float64()).to_numpy()
        return np.rint(yuan * 100).astype(np.int64)[order]

    return run, built


def theirs(household: np.ndarray, income: np.ndarray) -> tuple[Callable[[], np.ndarray], float]:
    """The same calculation as an OpenFisca tax-benefit system, and the seconds to build it."""
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person_entity = build_entity("person", "persons", "A person", is_person=True)
    household_entity = build_entity("household", "households", "A household", roles=[{"key": "member"}])

    class earned(Variable):
        value_type, entity, definition_period = float, person_entity, periods.MONTH

    class allowance(Variable):
        value_type, entity, definition_period = float, household_entity, periods.MONTH

        def formula(households: Any, period: Any, _parameters: Any) -> Any:
            income_of_all = households.sum(households.members("earned", period))
            difference = STANDARD * households.nb_persons() - income_of_all
            return np.where(difference > 0, difference, 0)

    start = time.perf_counter()
    system = TaxBenefitSystem([person_entity, household_entity])
    system.add_variables(earned, allowance)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(household)))
    groups = builder.declare_entity("household", np.unique(household))
    builder.join_with_persons(groups, household, roles=np.repeat("member", len(household)))
    simulation = builder.build(system)
    simulation.set_input("earned", "2023-12", income / 100)
    built = time.perf_counter() - start

    def run() -> np.ndarray:
        simulation.delete_arrays("allowance")
        return np.rint(simulation.calculate("allowance", "2023-12").astype(float) * 100).astype(np.int64)

    return run, built


def main() -> None:
    """Run both in turn and print the ratio."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    household, income = town(persons)
    (our_run, our_build), (their_run, their_build) = ours(household, income), theirs(household, income)
    timings: dict[str, list[float]] = {"ours": [], "openfisca": []}
    for _round in range(ROUNDS):
        for name, run in (("ours", our_run), ("openfisca", their_run)):
            start = time.perf_counter()
            answer = run()
            timings[name].append(time.perf_counter() - start)
            if name == "ours":
                expected = answer
    # OpenFisca computes in 32-bit floats: its fen may be off by rounding, ours may not.
    off = int((answer != expected).sum())
    worst = int(np.abs(answer - expected).max())
    result = {
        "persons": persons,
        "households": len(expected),
        "ours_seconds": round(median(timings["ours"]), 3),
        "openfisca_seconds": round(median(timings["openfisca"]), 3),
        "ratio": round(median(timings["ours"]) / median(timings["openfisca"]), 2),
        "ours_build_seconds": round(our_build, 2),
        "openfisca_build_seconds": round(their_build, 2),
        "ratio_with_build": round(
            (our_build + median(timings["ours"])) / (their_build + median(timings["openfisca"])), 2
        ),
        "households_where_fen_differ": off,
        "greatest_difference_fen": worst,
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
