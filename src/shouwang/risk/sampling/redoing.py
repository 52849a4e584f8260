"""How a sample is drawn again, by program and by hand: the last sheet of a working paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shouwang.ledger.catalogue import ledger
from shouwang.risk.sampling.plan import Plan


def explanation(plan: Plan) -> list[str]:
    """How the sample was drawn and how it is drawn again: a title and paragraphs."""
    lines = [
        _("怎样重抽"),
        _("用同一份台账和计划中的种子再抽一次，样本与此相同；行的先后、文件和表的名称都不影响结果。"),
        _(
            "抽样键：每一行的自然键（{key}）以竖线连接；自然键相同的行再接上全行内容，完全相同的行再接序号。"
            "日期写作 2023-07-05，金额去掉末尾的零。隐去个人信息的底稿不列抽样键，由持台账者自行写出。"
        ).format(key=_key_labels(plan)),
    ]
    if plan.method == "mus":
        return lines + _monetary_lines(plan)
    lines.append(
        _(
            "位次：对“种子、换行符、抽样键”这段文字（UTF-8）求 SHA-256，按得到的十六进制数从小到大排列，"
            "取前 {size} 项。手工可用：printf '%s\\n%s' 种子 抽样键 | sha256sum"
        ).format(size=plan.size)
    )
    if plan.method == "stratified":
        lines.append(_("分层抽样在每一层内分别如此，各层取计划中所列的数量。"))
    return lines


def _key_labels(plan: Plan) -> str:
    spec = ledger(plan.ledger)
    return "、".join(_(spec.fields[name].label) for name in spec.key if name in spec.fields)


def _monetary_lines(plan: Plan) -> list[str]:
    how = {
        "interval": _(
            "起点：对“种子、换行符、start”求 SHA-256，乘以间隔（分），除以 2 的 256 次方，取整加 1。"
            "从起点起每隔一个间隔取一分钱，它落在哪一项，哪一项就进入样本。"
        ),
        "cell": _(
            "把总长按间隔分段。第 k 段：对“种子、换行符、cell k”求 SHA-256，乘以间隔（分），"
            "除以 2 的 256 次方，取整加 1，取这一分钱；它落在哪一项，哪一项就进入样本。"
        ),
        "random": _(
            "第 k 次：对“种子、换行符、unit k”求 SHA-256，乘以总长（分），除以 2 的 256 次方，取整加 1，"
            "重复的略过；这一分钱落在哪一项，哪一项就进入样本。"
        ),
    }
    whole = _(
        "金额不小于抽样间隔 {interval} 元的项全部核查（整取）。"
        "其余各项按抽样键排序，金额首尾相接，以分为单位。"
    )
    return [whole.format(interval=f"{plan.interval:f}"), how[plan.selection]]
