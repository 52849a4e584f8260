"""Handling: control points, mutual checks, errors, steps and materials nobody needs (S10-66 – S10-75)."""

from __future__ import annotations

import ibis

from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, Via, absent, hits, rule


@rule(
    "insurance.entry-and-review-same",
    "录入与复核同一人",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-68"],
    reads={"insurance.handling": "case_no"},
    needs={"insurance.handling": ["entry_by", "review_by"]},
    remedy="由另一人重新复核，调整岗位权限",
    risk_point="insurance.control",
    looks_alike="一人录入、另一人复核；复核尚未进行",
)
def entry_and_review_same(t: Tables, p: ParameterView) -> Hits:
    """One person entered and reviewed the same case."""
    h = t.handling
    return hits(
        h,
        where=(h.entry_by == h.review_by) & ~absent(h.entry_by),
        subject=h.case_no,
        name=h.item,
        on=h.reviewed_on.coalesce(h.accepted_on),
        because="办件{case_no}（{item}）的录入和复核均为{entry_by}",
    )


@rule(
    "insurance.finished-without-review",
    "未经复核即办结",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-68"],
    reads={"insurance.handling": "case_no"},
    needs={"insurance.handling": ["review_by", "finished_on"]},
    remedy="补办复核",
    risk_point="insurance.control",
    looks_alike="尚未办结；当日复核当日办结",
)
def finished_without_review(t: Tables, p: ParameterView) -> Hits:
    """A case was finished with no reviewer, or before the review."""
    h = t.handling
    late = (h.reviewed_on > h.finished_on).fill_null(False)
    return hits(
        h,
        where=h.finished_on.notnull() & (absent(h.review_by) | late),
        subject=h.case_no,
        name=h.item,
        on=h.finished_on,
        because="办件{case_no}（{item}）于{finished_on}办结，复核人{review_by}，复核日期{reviewed_on}",
    )


@rule(
    "insurance.error-not-corrected",
    "办理差错未更正",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-42", "S10-67"],
    reads={"insurance.handling": "case_no"},
    needs={"insurance.handling": ["errors", "corrected_on"]},
    remedy="更正差错，登记更正日期和内容",
    risk_point="insurance.error",
    looks_alike="差错已更正；差错数为0",
)
def error_not_corrected(t: Tables, p: ParameterView) -> Hits:
    """A case has errors on record that were not corrected."""
    h = t.handling
    return hits(
        h,
        where=(h.errors > 0) & h.corrected_on.isnull(),
        subject=h.case_no,
        name=h.item,
        on=h.accepted_on,
        because="办件{case_no}（{item}）差错{errors}处（{error_note}），没有更正日期",
    )


@rule(
    "insurance.control-point-skipped",
    "跳过关键控制点",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-70"],
    reads={
        "insurance.handling": "item",
        "insurance.handling_step": Via("case_no", "insurance.handling", "item"),
        "insurance.process_step": "item",
    },
    remedy="补做控制点环节，查明跳过原因",
    risk_point="insurance.control",
    looks_alike="非控制点环节精简；尚未办结；没有环节记录的办件",
)
def control_point_skipped(t: Tables, p: ParameterView) -> Hits:
    """A finished case whose steps are on record lacks a step that is a control point of its item."""
    done = t.handling_step.filter(t.handling_step.outcome.fill_null("") != "跳过")
    finished = t.handling.filter(t.handling.finished_on.notnull())
    # Only cases whose steps are on record can be asked.
    finished = finished.semi_join(t.handling_step, "case_no")
    points = t.process_step.filter(t.process_step.control_point)
    points = points.group_by("item", "office", "step").agg(ref_process_step=points.ref_process_step.min())
    points = points.select("step", "ref_process_step", of_item="item", of_office="office")
    asked = finished.join(
        points,
        [
            finished.item == points.of_item,
            points.of_office.isnull() | finished.office.isnull() | (finished.office == points.of_office),
        ],
    )
    rows = asked.anti_join(done, ["case_no", "step"])
    return hits(
        rows,
        subject=rows.case_no,
        name=rows.item,
        on=rows.finished_on,
        because="办件{case_no}（{item}）于{finished_on}办结，没有经过关键控制点：{step}",
    )


@rule(
    "insurance.control-removed",
    "精简流程去掉了控制点",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-70", "S10-75", "S10-93"],
    reads={"insurance.process_change": "item", "insurance.process_step": "item"},
    remedy="恢复控制点，撤销该项变更",
    risk_point="insurance.control",
    looks_alike="去掉的环节不是控制点；变更未获批准",
)
def control_removed(t: Tables, p: ParameterView) -> Hits:
    """A change that removes or merges a control point was not refused."""
    changes = t.process_change.filter(
        t.process_change.kind.isin(["取消环节", "合并环节"])
        & (t.process_change.decision.fill_null("批准") != "不批准")
    )
    points = t.process_step.filter(t.process_step.control_point)
    points = points.group_by("item", "step").agg(ref_process_step=points.ref_process_step.min())
    rows = changes.join(points, ["item", "step"])
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        on=rows.changed_on,
        key=rows.step,
        because="“{item}”于{changed_on}{kind}“{step}”，该环节是关键控制点（{approved_by}{decision}）",
    )


@rule(
    "insurance.change-without-reason",
    "流程变更未记理由或影响",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-92", "S10-93"],
    reads={"insurance.process_change": "item"},
    needs={"insurance.process_change": ["reason", "effect_on_control", "effect_on_steps"]},
    remedy="补记变更理由、对内控的影响、对环节和时间的影响",
    risk_point="insurance.control",
    looks_alike="三项齐全",
)
def change_without_reason(t: Tables, p: ParameterView) -> Hits:
    """A change of a process lacks its reason or one of its two effects."""
    c = t.process_change
    return hits(
        c,
        where=absent(c.reason) | absent(c.effect_on_control) | absent(c.effect_on_steps),
        subject=c.item,
        name=c.item,
        on=c.changed_on,
        key=c.change_no.coalesce(c.step),
        because="“{item}”的流程变更：理由{reason}；对内控的影响{effect_on_control}；对环节和时间的影响{effect_on_steps}",
    )


@rule(
    "insurance.split-step-without-reason",
    "拆分环节没有理由",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-66", "S10-92"],
    reads={"insurance.process_step": "item"},
    needs={"insurance.process_step": ["split_from", "split_reason"]},
    remedy="说明拆分理由，没有理由的合并",
    risk_point="insurance.long-process",
    looks_alike="有拆分理由；不是拆分出来的环节",
)
def split_step_without_reason(t: Tables, p: ParameterView) -> Hits:
    """A step was split from another without a recorded reason."""
    s = t.process_step
    return hits(
        s,
        where=~absent(s.split_from) & absent(s.split_reason),
        subject=s.item,
        name=s.item,
        key=s.step,
        because="“{item}”的环节“{step}”由“{split_from}”拆分，没有理由",
    )


@rule(
    "insurance.process-too-long",
    "业务环节过多",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-66"],
    reads={"insurance.process_step": "item"},
    uses=["insurance.max_steps_per_item"],
    remedy="合并、取消不影响监督制约的环节",
    risk_point="insurance.long-process",
    looks_alike="环节数等于上限；不同机构、不同手册分别计算",
)
def process_too_long(t: Tables, p: ParameterView) -> Hits:
    """An item has more steps in one handbook of one office than the limit."""
    limit = p["insurance.max_steps_per_item"]
    steps = t.process_step
    counted = steps.mutate(
        steps=steps.count().over(ibis.window(group_by=[steps.handbook, steps.office, steps.item]))
    )
    rows = counted.filter(counted.steps > limit)
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        key=rows.office.fill_null("") + rows.handbook.fill_null(""),
        because="“{item}”（{office}，{handbook}）共{steps}个环节",
    )


@rule(
    "insurance.step-without-purpose",
    "环节既不服务业务也不服务监督",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-66", "S10-71"],
    reads={"insurance.process_step": "item"},
    needs={"insurance.process_step": ["serves"]},
    remedy="取消该环节，控制点除外",
    risk_point="insurance.long-process",
    looks_alike="关键控制点；作用栏注明业务或监督",
)
def step_without_purpose(t: Tables, p: ParameterView) -> Hits:
    """A step that serves neither the business nor supervision and is no control point."""
    s = t.process_step
    return hits(
        s,
        where=(absent(s.serves) | (s.serves == "无")) & ~s.control_point.fill_null(False),
        subject=s.item,
        name=s.item,
        key=s.office.fill_null("") + s.step,
        because="“{item}”（{office}）的环节“{step}”不服务于业务或监督，可以减去",
    )


@rule(
    "insurance.material-not-used",
    "要求了没有环节使用的材料",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-26", "S10-72"],
    reads={"insurance.item_material": "item"},
    optional={"insurance.process_step": "item"},
    needs={"insurance.item_material": ["used_in_step"]},
    remedy="取消该材料",
    risk_point="insurance.item-differs",
    looks_alike="写明了用途或使用环节；环节表没有该业务",
)
def material_not_used(t: Tables, p: ParameterView) -> Hits:
    """A material is asked for that no step uses: none is named, or none of that name exists."""
    m = t.item_material
    known = t.process_step.select("item", "step").distinct()
    described = known.select(of_item="item").distinct()
    real = known.select(of_item="item", of_step="step")
    unnamed = m.filter(absent(m.used_in_step) & absent(m.purpose))
    named = m.filter(~absent(m.used_in_step))
    named = named.semi_join(described, named.item == described.of_item)
    wrong = named.anti_join(real, [named.item == real.of_item, named.used_in_step == real.of_step])
    rows = unnamed.union(wrong)
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        key=rows.office.fill_null("") + rows.material,
        because="“{item}”（{office}）要求提交“{material}”，使用环节{used_in_step}，业务环节表中没有环节使用",
    )


@rule(
    "insurance.step-without-post",
    "环节没有责任岗位",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-28"],
    reads={"insurance.process_step": "item"},
    needs={"insurance.process_step": ["post"]},
    remedy="明确每个环节的责任岗位",
    risk_point="insurance.control",
    looks_alike="已注明岗位",
)
def step_without_post(t: Tables, p: ParameterView) -> Hits:
    """A step names no post that does it."""
    s = t.process_step
    return hits(
        s,
        where=absent(s.post),
        subject=s.item,
        name=s.item,
        key=s.office.fill_null("") + s.step,
        because="“{item}”（{office}）的环节“{step}”没有责任岗位",
    )
