"""Setting targets and decomposing them: the parts of a target add up to it, or nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import Area, Post, code_range
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.indicator import Indicator
from shouwang.indicator.models import RecordedValue, Target


class TargetError(ValueError):
    """The target can't be set; says why and what to do."""


@dataclass(frozen=True)
class Part:
    """A part of a target: its bearer, its value, and where the warning begins."""

    division_code: str
    value: Decimal
    unit: str = ""
    post: Post | None = None
    warn: Decimal | None = None


def adds_up(indicator: Indicator) -> bool:
    """Whether parts of the indicator add up to the whole: counts and amounts do, shares and averages do not.

    What is divided by something is no amount, and a scan has recorded by what.
    """
    if indicator.scale != 1 or "%" in indicator.unit:
        return False
    return not RecordedValue.objects.filter(code=indicator.code, denominator__isnull=False).exists()


def _checked(value: Decimal, warn: Decimal | None) -> None:
    if value < 0:
        raise TargetError(_("目标值不能小于零"))
    if warn is not None and warn >= value:
        raise TargetError(
            _("预警值应小于目标值：要达到的，低于目标而不低于预警值时提醒；要控制的，接近目标时提醒")
        )


def _indicator(code: str) -> Indicator:
    found = indicators().get(code)
    if found is None:
        raise TargetError(_("没有指标{code}").format(code=code))
    return found


def set_target(
    code: str, period: str, part: Part, *, direction: str = "", basis: str = "", reason: str = ""
) -> Target:
    """Set or change the target of a bearer that is part of none, or keeps its share of one.

    ``direction`` is needed where the indicator declares none. Raises :class:`TargetError`; a target that has
    parts, or is one, must still add up with them.
    """
    indicator = _indicator(code)
    _checked(part.value, part.warn)
    way = indicator.direction or direction
    if way not in Target.Direction.values:
        raise TargetError(_("请选择要求：达到，还是不超过"))
    if not period.strip():
        raise TargetError(_("请填写期间，如 2023 或 2023-06"))
    if not Area.objects.filter(code=part.division_code).exists():
        raise TargetError(_("没有这个区划"))
    with trail.change("indicator.target", reason=reason):
        target = _find(code, period, part) or Target(
            code=code, period=period.strip(), division_code=part.division_code, unit=part.unit, post=part.post
        )
        target.value, target.warn = part.value, part.warn
        target.basis, target.direction = basis or target.basis, way
        _keep(target)
        for whole in filter(None, (target, target.parent)):
            _check_sum(indicator, whole, list(whole.parts.all()))
    return target


def _find(code: str, period: str, part: Part) -> Target | None:
    known = Target.objects.filter(code=code, period=period.strip())
    if part.post is not None:
        found: Target | None = known.filter(post=part.post).first()
    else:
        found = known.filter(post=None, division_code=part.division_code, unit=part.unit).first()
    return found


def _keep(target: Target) -> None:
    try:
        target.full_clean()
    except ValidationError as error:
        raise TargetError("；".join(error.messages)) from error
    target.save()


def decompose(whole: Target, parts: Sequence[Part], *, reason: str = "") -> list[Target]:
    """Replace the parts of a target by these; all of them, or none.

    Counts and amounts: the parts must add up to the whole. Shares and rates: no part may be laxer than the
    whole. Every part lies in the whole's division. A part that has parts of its own must not be dropped.
    """
    indicator = _indicator(whole.code)
    low, high = code_range(whole.division_code)
    with trail.change("indicator.decompose", reason=reason):
        kept: list[Target] = []
        for part in parts:
            _checked(part.value, part.warn)
            if not low <= part.division_code <= high:
                raise TargetError(
                    _("{code}不在{bearer}之内").format(code=part.division_code, bearer=whole.bearer)
                )
            target = _find(whole.code, whole.period, part) or Target(
                code=whole.code,
                period=whole.period,
                division_code=part.division_code,
                unit=part.unit,
                post=part.post,
            )
            if target.pk == whole.pk:
                raise TargetError(_("目标不能分解给自己"))
            if target.pk in {each.pk for each in kept}:
                raise TargetError(_("{bearer}出现两次").format(bearer=target.bearer))
            if target.parent_id not in (None, whole.pk):
                raise TargetError(_("{bearer}已是另一个目标的一部分").format(bearer=target.bearer))
            target.parent, target.value, target.warn = whole, part.value, part.warn
            target.direction = whole.direction
            _keep(target)
            kept.append(target)
            _check_sum(indicator, target, list(target.parts.all()))
        for gone in whole.parts.exclude(pk__in=[each.pk for each in kept]):
            if gone.parts.exists():
                raise TargetError(_("{bearer}的目标已经再往下分解，不能去掉").format(bearer=gone.bearer))
            gone.delete()
        _check_sum(indicator, whole, kept)
    return kept


def _check_sum(indicator: Indicator, whole: Target, parts: Iterable[Target]) -> None:
    parts = list(parts)
    if not parts:
        return
    if adds_up(indicator):
        total = sum((part.value for part in parts), Decimal(0))
        if total != whole.value:
            raise TargetError(
                _("各部分合计{total}，与{bearer}的目标{value}相差{difference}，应当相等").format(
                    total=_plain(total), bearer=whole.bearer, value=_plain(whole.value),
                    difference=_plain(total - whole.value),
                )
            )  # fmt: skip
        return
    up = whole.direction == Target.Direction.UP
    for part in parts:
        if (part.value < whole.value) if up else (part.value > whole.value):
            raise TargetError(
                _("{bearer}的目标{value}比上级的{whole}宽，比率类目标不得放宽").format(
                    bearer=part.bearer, value=_plain(part.value), whole=_plain(whole.value)
                )
            )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def report_value(target: Target, value: Decimal, day: dt.date, *, reason: str = "") -> None:
    """Note what the bearer reports to have reached, where no scan counts it."""
    if measured(target) is not None:
        raise TargetError(_("这个值由扫描统计，不用上报"))
    with trail.change("indicator.report", reason=reason):
        target.reported, target.reported_on = value, day
        target.save()


def take_back(target: Target, *, reason: str) -> None:
    """Cancel what the bearer reported, for a reason: the target has no value again, or that of its parts."""
    if target.reported is None:
        raise TargetError(_("没有上报过，无可撤销"))
    if not reason.strip():
        raise TargetError(_("撤销上报值须写明理由"))
    with trail.change("indicator.take-back", reason=reason):
        target.reported, target.reported_on = None, None
        target.save()


def measured(target: Target) -> RecordedValue | None:
    """The value a scan recorded for the target's bearer and period."""
    if target.post_id is not None:
        return None
    found: RecordedValue | None = RecordedValue.objects.filter(
        code=target.code,
        period=target.period,
        division_code=target.division_code,
        unit=target.unit,
        current=True,
    ).first()
    return found


def reached(target: Target) -> Decimal | None:
    """What has been reached: as a scan counted it, as the bearer reported it, else what the parts reached.

    Completion comes back up: of counts and amounts the parts are added; a rate can't be made of rates.
    """
    counted = measured(target)
    if counted is not None:
        return counted.value
    if target.reported is not None:
        return target.reported
    if not adds_up(_indicator(target.code)):
        return None
    parts = [reached(part) for part in target.parts.all()]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None
