"""The Django app of rules, scans and findings."""

from django.apps import AppConfig

from shouwang.standards.reading import N_

ACTIONS = {
    "scan.request": N_("发起扫描"),
    "scan.start": N_("开始扫描"),
    "scan.record": N_("登记扫描结果"),
    "scan.fail": N_("扫描失败"),
    "scan.report": N_("导出扫描报告"),
    "sample.draw": N_("抽取样本"),
    "sample.check": N_("填写抽样核查结果"),
    "sample.redraw": N_("重抽核对样本"),
}
"""How events of this room are called."""


class RiskConfig(AppConfig):
    """Findings and the loop that drives each until it is closed, scans, parameters, the risk register."""

    name = "shouwang.risk"
    label = "risk"
    verbose_name = "风险"

    def ready(self) -> None:
        """Tell other rooms what they must know of findings: digest, import, retention, files."""
        from shouwang.evidence import targets
        from shouwang.inbox import digest
        from shouwang.ledger.retention import hold_back
        from shouwang.ledger.store import rotation
        from shouwang.ledger.store.importing import imported
        from shouwang.risk import sealing
        from shouwang.risk.loop import worklist
        from shouwang.risk.loop.holding import needed
        from shouwang.risk.loop.sight import sees_attachments
        from shouwang.risk.scans import requests
        from shouwang.trail.words import label_actions

        label_actions(ACTIONS)
        digest.register("findings", worklist.digest)
        imported.connect(requests.after_import, dispatch_uid="shouwang.risk.scans")
        hold_back(needed)
        rotation.register(sealing.COLUMN)
        targets.register("risk.finding", sees_attachments)
