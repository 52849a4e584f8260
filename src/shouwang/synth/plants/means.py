"""Cases in who is on dibao and why: S2-01, S2-10, S2-11, S2-28, S2-43 to S2-46, S2-61 to S2-64."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.synth import loans, vocabulary
from shouwang.synth.plants.acts import PAYMENT, RECIPIENT, Home, home, unserve
from shouwang.synth.plants.posts import contribute, insure, roster
from shouwang.synth.plants.registry import plant
from shouwang.synth.settings import FLOOR, STANDARD
from shouwang.synth.site import Site, yuan


def working(site: Site) -> tuple[Home, int]:
    """A household with a member who earns from odd jobs, and the member's place in it."""
    h = home(site, lambda row: row["working"] and not row["retired"])
    return h, next(i for i in range(len(h.members)) if h.member(i)["job"] == "灵活就业")


def seeking(site: Site) -> tuple[Home, int]:
    """A household with a member who is able and without work, and the member's place in it."""
    h = home(site, lambda row: row["seeking"])
    return h, next(
        i
        for i in range(len(h.members))
        if h.member(i)["ability"] == "有" and h.member(i)["job"] in ("失业", "无业")
    )


@plant("assistance.on-two-rosters")
def on_two_rosters(site: Site, near: bool) -> tuple[str, str]:
    """A second certificate for somebody already on the roster; for the near miss the first has ended."""
    h = home(site, lambda row: row["top_up"] == 0)
    row, certificate, start = h.head, site.number("DBE"), 7
    income, approved = row["income"], site.day(6, 18)
    amount, category = yuan(STANDARD) - income, "二类" if income > 0 else "三类"
    site.table(RECIPIENT).add({**row, "certificate": certificate, "start_month": site.month(start),
                               "persons": 1, "household_income": income, "income_per_head": income,
                               "amount": amount, "category": category, "applied_on": site.day(5, 20),
                               "screened_on": site.day(6, 3), "reviewed_on": site.day(6, 11),
                               "approved_on": approved, "posted_on": approved})  # fmt: skip
    for month in range(start, 13):
        site.table(PAYMENT).add({**h.paid(month), "certificate": certificate, "persons": 1, "due": amount,
                                 "paid": amount, "category": category})  # fmt: skip
    if near:
        h.stop(start, "转入另一户")
    return str(row["person"]), f"{start}月起又列入{certificate}"


@plant("assistance.member-is-trader")
def member_is_trader(site: Site, near: bool) -> tuple[str, str]:
    """A shop in a member's name; closed before the cover for the near miss."""
    h, which = working(site)
    row = h.member(which)
    opened: dt.date = row["start_month"] - dt.timedelta(days=900)
    closed = row["start_month"] - dt.timedelta(days=70) if near else None
    title, scope = site.one(vocabulary.SHOPS)
    site.add("registry.business", shop=f"{row['name'][0]}家{title}", credit_code=site.credit_code("92"),
             name=row["name"], person=row["person"], scope=scope, place=f"{site.name}集市", opened_on=opened,
             status="注销" if near else "存续", closed_on=closed, phone=site.phone())  # fmt: skip
    return row["person"], f"{opened}成立" + (f"，{closed}注销" if near else "")


@plant("assistance.member-has-wages")
def member_has_wages(site: Site, near: bool) -> tuple[str, str]:
    """An employer contributes for a member for six months; the member alone does for the near miss."""
    h, which = working(site)
    row = h.member(which)
    insure(site, row["name"], row["person"], alone=near)
    contribute(site, row["name"], row["person"], range(3, 9), FLOOR, alone=near)
    return row["person"], "3至8月由单位缴费" if not near else "3至8月以灵活就业身份缴费"


@plant("assistance.member-on-payroll")
def member_on_payroll(site: Site, near: bool) -> tuple[str, str]:
    """On an employer's roster during the cover; left before it for the near miss."""
    h, which = working(site)
    row = h.member(which)
    start: dt.date = row["start_month"]
    joined, left = (site.day(2, 10), site.day(6, 30))
    if near:
        joined, left = start - dt.timedelta(days=500), start - dt.timedelta(days=40)
    roster(site, row["name"], row["person"], row["sex"], joined, left, 4500)
    return row["person"], f"{joined}入职，{left}离职"


@plant("assistance.member-has-loan")
def member_has_loan(site: Site, near: bool) -> tuple[str, str]:
    """A loan unsettled during the cover; settled before it for the near miss."""
    h, which = working(site)
    row = h.member(which)
    paper = {"tax_registration": None, "informal_proof": site.number("FZG")}
    if near:
        applied: dt.date = (row["start_month"] - dt.timedelta(days=1100)).replace(day=5)
        settled = row["start_month"] - dt.timedelta(days=35)
        done = {"settled_on": settled, "repaid": yuan(20_000), "outstanding": yuan(0)}
        loans.lend(
            site, row["name"], row["person"], None, "餐饮服务", applied=applied, application=paper, loan=done
        )
        return row["person"], f"贷款{settled}结清，其后起保"
    loans.lend(site, row["name"], row["person"], None, "餐饮服务", application=paper)
    return row["person"], "贷款未结清"


@plant("assistance.member-has-pension")
def member_has_pension(site: Site, near: bool) -> tuple[str, str]:
    """A pension that the household did not declare; a declared one for the near miss."""
    h = home(site, lambda row: row["retired"])
    which = next(
        i for i in range(len(h.members)) if h.member(i)["job"] == "退休" and h.member(i)["income"] > 0
    )
    person = str(h.member(which)["person"])
    if not near:
        h.set_member(which, income=yuan(0), income_source=None)
        h.restate()
    return person, "养老金未申报" if not near else "养老金已申报"


@plant("assistance.income-not-added-up")
def income_not_added_up(site: Site, near: bool) -> tuple[str, str]:
    """The household's income is less than its members'; that of a cut member does not count."""
    if near:
        h = home(site, lambda row: row["size"] >= 2 and row["top_up"] == 0)
        h.set_member(len(h.members) - 1, cut_month=site.month(1))
        h.restate()
        return h.certificate, "已核减成员的收入不计"
    h, _ = working(site)
    less = yuan(200)
    h.set(household_income=h.head["household_income"] - less, amount=h.head["amount"] + less)
    for month in range(1, 13):
        paid = h.paid(month)["paid"] + less
        h.pay(month, due=paid, paid=paid)
    return h.certificate, "家庭月收入少计200元"


@plant("assistance.income-above-line")
def income_above_line(site: Site, near: bool) -> tuple[str, str]:
    """Income per head is at the standard; ten yuan below for the near miss."""
    h, which = working(site)
    size, amount = len(h.members), h.head["amount"]
    others = h.head["household_income"] - h.member(which)["income"]
    h.set_member(which, income=yuan(STANDARD * size - (10 if near else 0)) - others)
    h.restate()
    if not near:
        h.set(amount=amount)
        for month in range(1, 13):
            h.pay(month, due=amount, paid=amount)
    return h.certificate, "人均收入" + ("略低于标准" if near else "等于标准")


@plant("assistance.amount-wrong")
def amount_wrong(site: Site, near: bool) -> tuple[str, str]:
    """The allowance is 50 yuan off; a rounding of 50 fen for the near miss."""
    h = home(site)
    amount = h.head["amount"] + (Decimal("0.50") if near else yuan(50))
    h.set(amount=amount)
    for month in range(1, 13):
        h.pay(month, due=amount, paid=amount)
    return h.certificate, f"月补差写为{amount}元"


@plant("assistance.no-evidence")
def no_evidence(site: Site, near: bool) -> tuple[str, str]:
    """No basis on record; its number stands in the remarks for the near miss."""
    h = home(site)
    h.set(basis=None, note=f"核对报告{site.any(100, 999)}号" if near else None)
    return h.certificate, "依据写在备注" if near else "没有核查依据"


@plant("assistance.step-skipped")
def step_skipped(site: Site, near: bool) -> tuple[str, str]:
    """No review; all three steps on one day for the near miss."""
    h = home(site)
    approved = h.head["approved_on"]
    if near:
        h.set(screened_on=approved, reviewed_on=approved)
        return h.certificate, "三步同日"
    h.set(reviewed_on=None)
    return h.certificate, "没有街道审核"


@plant("assistance.not-posted")
def not_posted(site: Site, near: bool) -> tuple[str, str]:
    """Not posted; stopped for the near miss."""
    h = home(site)
    h.set(posted_on=None)
    if near:
        h.stop(site.any(4, 11), "家庭收入增加")
    return h.certificate, "没有公示日期" + ("，已停保" if near else "")


@plant("assistance.disability-unproven")
def disability_unproven(site: Site, near: bool) -> tuple[str, str]:
    """A card number for somebody whom the list does not know; another spelling for the near miss."""
    if near:
        h = home(site, lambda row: row["top_up"] > 0)
        which = next(i for i in range(len(h.members)) if h.member(i)["disability_no"])
        h.set_member(which, disability_no="残证" + str(h.member(which)["disability_no"])[-8:])
        return h.member(which)["person"], "证号写法不同，名单上有此人"
    h = home(site, lambda row: row["top_up"] == 0)
    person = str(h.head["person"])
    h.set_member(0, disability_no=person + "43")
    return person, "残疾人名单中没有此人"


@plant("assistance.category-one-not-met")
def category_one_not_met(site: Site, near: bool) -> tuple[str, str]:
    """An able member in category 1; partly able for the near miss."""
    h = home(site, lambda row: row["size"] == 1 and (row["working"] or row["seeking"]))
    if near:
        h.set(ability="部分", job="无业", income=yuan(0), income_source=None)
        h.restate()
    h.set(category="一类", supporters="无")
    return h.head["person"], "列为一类，" + ("部分丧失劳动能力" if near else "有劳动能力")


@plant("assistance.category-two-not-met")
def category_two_not_met(site: Site, near: bool) -> tuple[str, str]:
    """Nobody earns in a household of category 2; somebody does odd jobs for the near miss."""
    h = home(site, lambda row: row["working"] if near else not row["earns"])
    h.set(category="二类")
    return h.certificate, "列为二类，" + ("有人打零工" if near else "无人就业")


@plant("assistance.category-four-not-met")
def category_four_not_met(site: Site, near: bool) -> tuple[str, str]:
    """Category 4 while the unemployment benefit still runs; it has ended for the near miss."""
    h, which = seeking(site)
    row = h.member(which)
    h.set(category="四类")
    site.add("registry.unemployment", name=row["name"], sex=row["sex"], person=row["person"],
             former_employer="外地企业", lost_on=site.day(3, 1, -1),
             benefit_until=site.day(11, 30) if near else site.day(3, 31, 1),
             certificate_no=site.number("YHZ"), intention="有", phone=site.phone())  # fmt: skip
    return row["person"], "失业保险金" + ("已领满" if near else "未领满")


@plant("assistance.able-no-service")
def able_no_service(site: Site, near: bool) -> tuple[str, str]:
    """Able, without work and never served; with odd jobs instead for the near miss."""
    h, which = seeking(site)
    row = h.member(which)
    unserve(site, row["person"])
    if near:
        h.set_member(which, job="灵活就业", income=yuan(400), income_source="打零工")
        h.restate()
    return row["person"], "有劳动能力，" + ("打零工" if near else "无就业服务")


@plant("assistance.dependence")
def dependence(site: Site, near: bool) -> tuple[str, str]:
    """Able, long on dibao with linked benefits, no step towards work; served for the near miss."""
    h = home(site, lambda row: row["seeking"] and row["start"] < -36)
    which = next(
        i
        for i in range(len(h.members))
        if h.member(i)["ability"] == "有" and h.member(i)["job"] in ("失业", "无业")
    )
    row = h.member(which)
    if not near:
        unserve(site, row["person"])
        site.also("assistance.able-no-service", row["person"], "有劳动能力，无就业服务")
    site.add("assistance.linked_benefit", certificate=h.certificate, person=row["person"], name=row["name"],
             kind="医疗", amount=yuan(600), since_on=site.day(1, 1, -2), department="医疗保障局")  # fmt: skip
    return row["person"], "享受三年以上并有配套待遇，" + ("有就业服务" if near else "无就业服务")
