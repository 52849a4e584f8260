"""What a filled working paper says of the whole ledger: figures and a conclusion in plain words.

What could not be examined counts as a deviation, and in money as misstated by all of it, as the AICPA guide
and 《审计准则第1314号》 ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from shouwang.risk.sampling.filled import Filled, FilledRow
from shouwang.risk.sampling.plan import DISTRIBUTIONS, METHODS, SELECTIONS, Plan, amount_of, unit_value
from shouwang.standards.reading import N_
from shouwang.standards.sampling import attributes, bounds
from shouwang.standards.sampling.bounds import BOUNDS, Checked, MonetaryResult
from shouwang.standards.sampling.exact import SamplingError, fraction, risk_of

CONFIDENCE = "95%"
"""Where the plan names no confidence (its size was given), the limits are reckoned at this and say so."""

BOUND_LABELS = {
    "stringer": N_("Stringer 上限（泊松系数）"),
    "stringer-binomial": N_("Stringer 上限（二项系数）"),
    "poisson": N_("泊松上限"),
    "cell": N_("单元格上限"),
}


@dataclass(frozen=True)
class Conclusion:
    """``facts`` are label and figure; ``sentences`` the conclusion; ``supported`` None without a limit."""

    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    supported: bool | None


def conclude(filled: Filled) -> Conclusion:
    """Evaluate a paper without problems, in the active language. SamplingError where it can't be so."""
    if filled.problems:
        raise SamplingError("sampling_counts")
    if filled.plan.method == "mus":
        return _monetary(filled)
    if filled.plan.method == "stratified":
        return _stratified(filled)
    return _random(filled)


def _common(filled: Filled) -> list[tuple[str, str]]:
    plan, rows = filled.plan, filled.rows
    wrong = sum(row.result == "wrong" for row in rows)
    unseen = sum(row.result == "unseen" for row in rows)
    facts = [(_("核查目的（什么算偏差）"), plan.purpose)] if plan.purpose else []
    method = _(METHODS[plan.method])
    if plan.method == "mus":
        method += "：" + _(SELECTIONS[plan.selection])
    facts += [
        (_("抽样方法"), method),
        (_("抽样种子"), plan.seed),
        (_("总体数量"), str(plan.population)),
        (_("抽样数量"), str(len(rows))),
        (_("发现问题数"), str(wrong)),
        (_("无法核查数（按偏差计）"), str(unseen)),
    ]
    return facts


def _confidence(plan: Plan) -> str:
    return plan.confidence or CONFIDENCE


def _assumed(plan: Plan) -> list[str]:
    if plan.confidence:
        return []
    return [_("计划没有写明置信水平，上限按 {confidence} 计算。").format(confidence=CONFIDENCE)]


def percent(value: Fraction) -> str:
    """A share to two decimals, half up: ``1.33%``."""
    shown = Decimal(value.numerator * 100) / Decimal(value.denominator)
    return f"{shown.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def percent_up(value: Fraction) -> str:
    """A limit to two decimals, never rounded down: ``4.75%``."""
    return f"{ceil(value * 10_000) / 100:.2f}%"


def money(value: Decimal) -> str:
    """An amount with separators: ``1,860.00``."""
    return f"{value:,.2f}"


def _deviations(rows: Sequence[FilledRow]) -> int:
    return sum(row.result != "ok" for row in rows)


def _verdict(supported: bool | None, limit: str) -> str:
    if supported is None:
        return _("计划没有写明可容忍的偏差，样本不作支持与否的结论。")
    if supported:
        return _("结论：上限不超过可容忍的 {limit}，样本支持“总体可以接受”。").format(limit=limit)
    return _(
        "结论：上限超过可容忍的 {limit}，样本不支持“总体可以接受”。应扩大核查、查明原因，"
        "或要求全面清理后重新抽查；已发现的问题逐项整改。"
    ).format(limit=limit)


def _random(filled: Filled) -> Conclusion:
    plan, rows = filled.plan, filled.rows
    found = attributes.evaluate(
        _confidence(plan),
        len(rows),
        _deviations(rows),
        tolerable=plan.tolerable or None,
        distribution=plan.distribution,
        population=plan.population,
    )
    facts = [
        *_common(filled),
        (_("样本偏差率"), percent(found.rate)),
        (_("置信水平"), _confidence(plan)),
        (_("总体偏差率上限"), percent_up(found.upper)),
        (_("分布"), _(DISTRIBUTIONS[plan.distribution])),
    ]
    said = _(
        "有 {confidence} 的把握：总体 {population} 项中，有偏差的不超过 {upper}（约 {items} 项）。"
    ).format(
        confidence=_confidence(plan),
        population=plan.population,
        upper=percent_up(found.upper),
        items=ceil(found.upper * plan.population),
    )
    return _told(plan, facts, said, found.supported)


def _told(plan: Plan, facts: list[tuple[str, str]], said: str, supported: bool | None) -> Conclusion:
    limit = percent_up(fraction(plan.tolerable)) if plan.tolerable else ""
    if limit:
        facts.append((_("可容忍的偏差"), plan.tolerable))
    return Conclusion(tuple(facts), (*_assumed(plan), said, _verdict(supported, limit)), supported)


def _stratified(filled: Filled) -> Conclusion:
    """Per stratum and in all.

    With a proportional sample the whole is evaluated like one simple random sample by the binomial
    distribution, which is on the safe side (Hoeffding 1956). Otherwise each stratum gets an equal part of
    the risk and the limits are added up by the numbers of items, which is safe for any allocation.
    """
    plan = filled.plan
    confidence = _confidence(plan)
    names = sorted(plan.sizes)
    facts = _common(filled)
    rate, upper = Fraction(0), Fraction(0)
    part = 1 - risk_of(confidence) / len(names)
    for name in names:
        rows = [row for row in filled.rows if row.stratum == name]
        members, wrong = plan.members[name], _deviations(rows)
        own = attributes.upper_limit(
            confidence, len(rows), wrong, distribution="hypergeometric", population=members
        )
        share = Fraction(members, plan.population)
        rate += share * Fraction(wrong, len(rows))
        if plan.allocation != "proportional":
            upper += share * _limit(part, len(rows), wrong, members)
        text = _("{sample} 项抽自 {members} 项，偏差 {wrong}，上限 {upper}").format(
            sample=len(rows), members=members, wrong=wrong, upper=percent_up(own)
        )
        facts.append((_("层：{name}").format(name=name), text))
    supported: bool | None = None
    if plan.allocation == "proportional":
        whole = attributes.evaluate(
            confidence, len(filled.rows), _deviations(filled.rows), tolerable=plan.tolerable or None
        )
        upper, supported = whole.upper, whole.supported
    elif plan.tolerable:
        supported = upper < fraction(plan.tolerable)
    facts += [
        (_("加权偏差率"), percent(rate)),
        (_("置信水平"), confidence),
        (_("总体偏差率上限"), percent_up(upper)),
    ]
    said = _("有 {confidence} 的把握：总体 {population} 项中，有偏差的不超过 {upper}。").format(
        confidence=confidence, population=plan.population, upper=percent_up(upper)
    )
    return _told(plan, facts, said, supported)


def _limit(confidence: Fraction, size: int, wrong: int, members: int) -> Fraction:
    """The limit of one stratum at a confidence that may be beyond what a plan may ask for."""
    top = Fraction(999, 1000)
    if confidence > top:
        # No stratum is worth a risk below one in a thousand: its limit is all that was not seen to be right.
        return Fraction(members - (size - wrong), members)
    return attributes.upper_limit(confidence, size, wrong, distribution="hypergeometric", population=members)


def _monetary(filled: Filled) -> Conclusion:
    plan = filled.plan
    confidence = _confidence(plan)
    checked = [
        Checked(row.book, row.audited, row.hits, row.whole)
        for row in filled.rows
        if row.book is not None and row.audited is not None
    ]
    positive = plan.total - plan.outside_total
    tolerable = amount_of(plan.tolerable, positive) if plan.tolerable else None
    found = bounds.evaluate(
        checked, confidence, unit_value=unit_value(plan), units=plan.units, tolerable=tolerable
    )
    facts = [
        *_common(filled),
        (_("总体金额（元）"), money(positive)),
        (_("整取项数"), str(sum(row.whole for row in filled.rows))),
        (_("抽样间隔（元）"), money(plan.interval)),
        (_("置信水平"), confidence),
        *_direction(_("高估"), found, over=True),
        *_direction(_("低估"), found, over=False),
        (_("最可能的错报净额（元，高估减低估）"), money(found.net)),
    ]
    if tolerable is not None:
        facts.append((_("可容忍的错报（元）"), money(tolerable)))
    over, under = found.over.upper[found.bound], found.under.upper[found.bound]
    sentences = [
        *_assumed(plan),
        _(
            "有 {confidence} 的把握：账面金额 {total} 元中，高估不超过 {over} 元（最可能 {over_likely} 元），"
            "低估不超过 {under} 元（最可能 {under_likely} 元）。"
        ).format(
            confidence=confidence,
            total=money(positive),
            over=money(over),
            over_likely=money(found.over.most_likely),
            under=money(under),
            under_likely=money(found.under.most_likely),
        ),
    ]
    beyond = found.over.beyond + found.under.beyond
    if beyond:
        sentences.append(
            _("有 {count} 项的错报超过其账面金额，上限的前提不成立：请全面核查同类项目。").format(
                count=beyond
            )
        )
    limit = _("{amount} 元").format(amount=money(tolerable)) if tolerable is not None else ""
    supported = found.supported and not beyond if found.supported is not None else None
    if beyond and supported is False and found.supported:
        sentences.append(_("结论：样本不支持“总体可以接受”。"))
    else:
        sentences.append(_verdict(supported, limit))
    return Conclusion(tuple(facts), tuple(sentences), supported)


def _direction(label: str, found: MonetaryResult, *, over: bool) -> list[tuple[str, str]]:
    side = found.over if over else found.under
    facts = [
        (_("{side}：错报项数").format(side=label), str(side.errors)),
        (_("{side}：整取项中已知的错报（元）").format(side=label), money(side.known)),
        (_("{side}：推断的错报（元）").format(side=label), money(side.projected)),
        (_("{side}：基本精度（元）").format(side=label), money(side.basic)),
        (_("{side}：抽样风险追加（元）").format(side=label), money(side.incremental)),
    ]
    facts += [(f"{label}：{_(BOUND_LABELS[name])}（{_('元')}）", money(side.upper[name])) for name in BOUNDS]
    return facts
