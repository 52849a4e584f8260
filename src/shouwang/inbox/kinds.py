"""The kinds of notice there are: what a user may mute, and a group subscribe to."""

from __future__ import annotations

from typing import Final

from shouwang.standards.reading import N_

KINDS: Final = {
    "finding.assigned": N_("分派给我"),
    "finding.found": N_("扫描发现新问题"),
    "finding.submitted": N_("待核验、待销号"),
    "finding.returned": N_("退回、重开"),
    "finding.extension": N_("延期申请与答复"),
    "finding.due": N_("即将到期、逾期"),
    "finding.escalated": N_("逾期上报"),
    "finding.mention": N_("有人提到我"),
    "finding.comment": N_("问题有新留言"),
    "scan.failed": N_("扫描没有完成"),
    "parameter.proposed": N_("参数变更待批"),
    "parameter.decided": N_("参数变更有答复"),
    "digest": N_("每日工作摘要"),
    "office": N_("其他通知"),
}
"""Kinds with their Chinese names."""

FOR_GROUPS: Final = ("finding.found", "finding.due", "finding.escalated", "scan.failed", "digest")
"""What a group may be told: counts and rules, nobody's own affairs."""
