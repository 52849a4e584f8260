"""The sample office, end to end: what is planted is found, what looks alike is left alone."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import office_parameters
from tests.sample_read import SampleRead

pytestmark = pytest.mark.xdist_group("office_a")  # one reading of the office

AS_OF = "2023-12-31"

KINDS: dict[str, tuple[str, ...]] = {
    # population
    "person_in_both_registers": ("population.in-both-registers",),
    "floating_duplicate_entry": ("population.duplicate-entry",),
    "enterprise_worker_not_in_ledger": ("population.worker-not-in-ledger",),
    "dwelling_overcrowded": ("population.overcrowded",),
    "grid_without_visits": ("population.grid-without-visits",),
    "place_not_visited": ("population.place-not-visited",),
    "summary_signed_without_visit": ("population.signed-without-visit",),
    "grid_report_not_assessed": ("population.report-not-assessed",),
    "dead_status_not_updated": ("population.dead-still-registered",),
    # assistance
    "dead_paid_dibao": ("assistance.paid-after-death",),
    "dead_member_counted": ("assistance.dead-member-counted",),
    "dibao_member_is_trader": ("assistance.member-is-trader",),
    "dibao_member_has_wages": ("assistance.member-has-wages",),
    "dibao_member_has_loan": ("assistance.member-has-loan",),
    "dibao_member_has_pension": ("assistance.member-has-pension",),
    "dibao_on_two_rosters": ("assistance.on-two-rosters",),
    "dibao_paid_twice": ("assistance.paid-twice",),
    "dibao_paid_short": ("assistance.paid-short",),
    "dibao_paid_late": ("assistance.paid-late",),
    "dibao_paid_quarterly": ("assistance.paid-quarterly",),
    "dibao_not_paid": ("assistance.not-paid",),
    "dibao_able_no_service": ("assistance.able-no-service",),
    "dibao_disability_unproven": ("assistance.disability-unproven",),
    "dibao_income_above_line": ("assistance.income-above-line",),
    "dibao_amount_wrong": ("assistance.amount-wrong",),
    "dibao_no_evidence": ("assistance.no-evidence",),
    "dibao_step_skipped": ("assistance.step-skipped",),
    # insurance
    "dead_paid_pension": ("insurance.pension-after-death",),
    "pension_while_contributing": ("insurance.pension-while-contributing",),
    "contribution_base_below_floor": ("insurance.base-below-floor",),
    "contribution_base_differs_from_wage": ("insurance.base-differs-from-wage",),
    "insured_by_two_employers": ("insurance.two-employers",),
    "worker_not_insured": ("insurance.worker-not-insured",),
    "inpatient_overlap": ("insurance.inpatient-overlap",),
    "inpatient_after_death": ("insurance.inpatient-after-death",),
    "pharmacy_after_death": ("insurance.pharmacy-after-death",),
    "male_obstetric": ("insurance.male-obstetric",),
    "split_hospitalisation": ("insurance.split-hospitalisation",),
    "pharmacy_during_inpatient": ("insurance.pharmacy-during-inpatient",),
    "purchase_two_cities_same_hour": ("insurance.purchase-two-cities",),
    # microcredit
    "loan_missing_documents": (
        "microcredit.no-certificate",
        "microcredit.no-licence",
        "microcredit.no-premises",
    ),
    "loan_other_debt": ("microcredit.other-debt",),
    "loan_same_person_two_bodies": ("microcredit.one-person-two-bodies",),
    "loan_overdue_no_collection": ("microcredit.overdue-no-collection",),
    "loan_overdue_no_collector": ("microcredit.due-no-collector",),
    "community_npl_reached": ("microcredit.npl-reached",),
    "guarantee_after_suspension": ("microcredit.guaranteed-while-suspended",),
    "default_certificate_not_withdrawn": ("microcredit.certificate-not-withdrawn",),
    "loan_without_training": ("microcredit.no-training",),
    "loan_over_cap": ("microcredit.over-cap",),
    "loan_rate_above_benchmark": ("microcredit.rate-above-benchmark",),
    "loan_no_public_notice": ("microcredit.no-public-notice",),
    "loan_purpose_outside_list": ("microcredit.purpose-outside-list",),
    "loan_borrower_not_visited": ("microcredit.borrower-not-visited",),
    "loan_false_licence": ("microcredit.false-licence",),
    "loan_applicant_not_resident": ("microcredit.not-resident",),
    "loan_approved_not_paid": ("microcredit.approved-not-paid",),
    # accounting
    "voucher_no_invoice": ("accounting.no-invoice",),
    "voucher_no_handler": ("accounting.no-handler",),
    "voucher_no_use": ("accounting.no-use",),
    "voucher_no_review": ("accounting.no-review",),
    "voucher_no_approval": ("accounting.no-approval",),
    "voucher_reviewer_is_approver": ("accounting.reviewer-is-approver",),
    "voucher_number_gap": ("accounting.voucher-number-gap",),
    "invoice_used_twice": ("accounting.invoice-used-twice",),
    "large_payment_no_cadre": ("accounting.large-payment-no-cadre",),
    "off_book_account": ("accounting.off-book-account",),
    "public_money_private": ("accounting.public-money-private",),
    "receipt_out_of_range": ("accounting.receipt-out-of-range",),
    "spend_from_income": ("accounting.spend-from-income",),
    "income_not_deposited": ("accounting.income-not-deposited",),
    "month_end_report_missed": ("accounting.month-end-missed",),
    "journal_balance_break": ("accounting.cash-journal-break", "accounting.bank-journal-break"),
    # integrity
    "fund_over_20k_no_meeting": ("integrity.no-office-meeting",),
    "fund_over_100k_no_committee": ("integrity.no-committee",),
    "fund_split_below_limit": ("integrity.split-below-limit",),
    "fund_decision_after_payment": ("integrity.decided-after-payment",),
    "fund_decision_not_in_minutes": ("integrity.decision-not-in-minutes",),
    "works_contract_no_collective": ("integrity.works-contract-undecided",),
    "petition_late": ("integrity.petition-late",),
    "petition_unanswered": ("integrity.petition-unanswered",),
    "risk_point_missing_control_line": ("integrity.control-line-missing",),
    "staff_without_risk_point": ("integrity.staff-without-risk-point",),
    # energy
    "meter_calibration_overdue": ("energy.verification-overdue",),
    "meter_reading_decrease": ("energy.reading-decrease",),
    "zero_use_occupied": ("energy.zero-use-occupied",),
    "energy_quota_exceeded": ("energy.quota-exceeded",),
    "submeters_exceed_master": ("energy.submeters-exceed-master",),
    "network_loss_high": ("energy.network-loss-high",),
    "quota_parts_not_sum": ("energy.parts-do-not-add-up", "energy.months-do-not-add-up"),
    "reader_without_certificate": ("energy.reader-without-certificate",),
    # safety
    "hazard_overdue": ("safety.hazard-overdue",),
    "hazard_no_recheck": ("safety.hazard-not-rechecked",),
    "hazard_no_plan": ("safety.hazard-without-plan",),
    "quarter_without_joint_inspection": ("safety.quarter-without-joint-inspection",),
    "unit_without_drill": ("safety.unit-without-drill",),
    "control_indicator_exceeded": ("safety.control-indicator-exceeded",),
    "accident_fall_target_missed": ("safety.accidents-not-falling", "safety.injured-not-falling"),
    # culture
    "project_over_budget": ("culture.over-budget",),
    "evaluator_is_organiser": ("culture.evaluator-is-organiser",),
    "project_no_third_party": ("culture.no-third-party",),
    "project_not_public": ("culture.project-not-public",),
    "attendance_impossible": ("culture.attendance-impossible",),
    "spending_no_handler": ("culture.spending-without-handler",),
    "long_preparation_low_attendance": ("culture.long-preparation-low-attendance",),
}
"""Which rules answer for a planted kind."""

ALSO_RIGHT = {
    # Listed as category 4 (unemployment benefit ended) while the benefit runs on: S2-46.
    "assistance.category-four-not-met",
    # Named problems of S8 that the sample's background has: the bank refuses guaranteed loans,
    # only guaranteed loans are given, a project is refused for its purpose alone.
    "microcredit.refused-by-bank",
    "microcredit.no-credit-loans",
    "microcredit.refused-only-for-purpose",
    # The same three shortened deposits and six entries of off-book accounts, seen from the journal.
    "accounting.journal-differs-from-voucher",
    "accounting.journal-without-voucher",
    # Seven of nineteen inspections tell of more dangers than the list has of that unit from that day on.
    "safety.problems-not-listed",
    # What was spent on the two projects that were never published.
    "culture.hidden-from-residents",
}
"""Rules beyond the planted kinds whose findings in the sample were looked at one by one."""

AFTER_LIMIT = {"DK2023-0089", "DK2023-0091", "DK2023-0094", "DK2023-0097", "DK2023-0103", "DK2023-0111"}
"""荷塘社区 reached 12.28 % overdue on 2023-07-05, by its loans; what was guaranteed there after that day."""
COUNTED = {"microcredit.guaranteed-after-limit", "microcredit.problem-without-help"}
"""Rules whose findings in the sample are counted anew below, to the last one."""


def ledgers_only(office: Path, folder: Path) -> Path:
    """The office's own files: the truth beside them is not the office's."""
    folder.mkdir()
    for path in sorted(office.iterdir()):
        if path.suffix in (".xlsx", ".xls", ".csv") and path.name not in ("truth.csv", "rejected.csv"):
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def out(office_a: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The outputs of one unmasked scan through the command."""
    from shouwang.cli.scan import command

    root = tmp_path_factory.mktemp("office")
    parameters = office_parameters.write(office_a, root / "parameters.yaml")
    folder = ledgers_only(office_a, root / "folder")
    result = CliRunner().invoke(
        command,
        [str(folder), "--as-of", AS_OF, "--parameters", str(parameters), "--out", str(root / "out"),
         "--unmask", "测试", "--state", str(root / "state")],
        catch_exceptions=False,
    )  # fmt: skip
    assert result.exit_code == 1, result.output
    yield root / "out"


@pytest.fixture(scope="module")
def findings(out: Path) -> dict[str, set[str]]:
    """The subjects found, by rule."""
    found: dict[str, set[str]] = defaultdict(set)
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["rule"]].add(row["subject_id"])
    return found


def truth(office: Path) -> dict[str, list[dict[str, str]]]:
    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (office / "truth.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            kinds[row["kind"]].append(row)
    return kinds


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_case_is_found_and_no_near_miss(kind, office_a, findings) -> None:  # type: ignore[no-untyped-def]
    subjects = set().union(*(findings.get(rule, set()) for rule in KINDS[kind]))
    explained = set()
    for case in truth(office_a)[kind]:
        keys = set(case["subject_key"].split("|"))
        if case["is_near_miss"] == "1":
            assert not keys & subjects, f"near miss {case['case_id']} flagged: {case['detail_zh']}"
        else:
            assert keys & subjects, f"{case['case_id']} not found: {case['detail_zh']}"
            explained |= keys
    assert subjects <= explained, "flagged beyond the truth"


def test_whatever_else_is_flagged_was_looked_at(findings: dict[str, set[str]]) -> None:
    answered = {rule for rules in KINDS.values() for rule in rules}
    assert set(findings) - answered <= ALSO_RIGHT | COUNTED


def test_what_is_counted_anew_is_exactly_that(
    office_a_read: SampleRead, findings: dict[str, set[str]]
) -> None:
    assert findings["microcredit.guaranteed-after-limit"] == AFTER_LIMIT
    tables = [rows for ledger, _file, _sheet, rows in office_a_read.sheets if ledger == "microcredit.visit"]
    visits = [visit for rows in tables for visit in rows.to_pylist()]
    # The background notes problems (房租上涨, 缺少帮手 …), some of which were never met with help: S5-85.
    helped: dict[str, dt.date] = {}
    for visit in visits:
        if visit["help_given"]:
            helped[visit["loan_no"]] = max(visit["visited_on"], helped.get(visit["loan_no"], dt.date.min))
    left = {
        visit["loan_no"]
        for visit in visits
        if visit["problem"] and helped.get(visit["loan_no"], dt.date.min) < visit["visited_on"]
    }
    assert findings["microcredit.problem-without-help"] == left
    assert len(left) == 66


def test_every_refused_row_is_refused_for_its_reason(office_a: Path, out: Path) -> None:
    account = json.loads((out / "reading.json").read_text(encoding="utf-8"))
    refused = {(r["file"], r["sheet"], r["row"], r["code"]) for r in account["rejected"]}
    with (office_a / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        expected = {(r["file"], r["sheet"], int(r["row"]), r["reason"]) for r in csv.DictReader(stream)}
    assert refused == expected


def test_no_rule_and_no_indicator_failed(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert not [code for code, rule in manifest["rules"].items() if rule["status"] == "failed"]
    assert manifest["as_of"] == dt.date(2023, 12, 31).isoformat()
