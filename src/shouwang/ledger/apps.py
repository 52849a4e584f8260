"""The Django app of what all ledgers share: imports, saved views, and the index of words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from shouwang.standards.reading import N_

if TYPE_CHECKING:
    from shouwang.ledger.base import SheetSpec


ACTIONS = {
    "ledger.add": N_("新增记录"),
    "ledger.change": N_("修改记录"),
    "ledger.delete": N_("删除记录"),
    "ledger.import": N_("导入台账"),
    "ledger.export": N_("导出台账"),
    "ledger.import-again": N_("再次导入同一份文件"),
    "ledger.unmask": N_("查看明文"),
    "ledger.rotate": N_("更换加密密钥"),
    "import.upload": N_("上传待导入的文件"),
    "import.discard": N_("放弃导入"),
    "import.done": N_("完成导入"),
    "import.mapping": N_("更正识别"),
    "import.rejected": N_("下载退回的行"),
    "import.start": N_("交由后台导入"),
    "import.refused": N_("导入未成，数据已变"),
    "household.view": N_("查看一户一档"),
    "view.save": N_("保存视图"),
    "view.drop": N_("删除视图"),
    "evidence.spoilt": N_("附件损坏"),
}


def _sees(spec: SheetSpec, user: Any, number: str) -> bool:
    """Whether a user sees what is attached to a row of a ledger."""
    from shouwang.access.scope import scope_of

    rows = spec.model._default_manager.filter(pk=number if number.isdigit() else 0)
    return scope_of(user, "evidence.view", spec.name).filter(rows).exists()


class LedgerConfig(AppConfig):
    """Ledgers in the database."""

    name = "shouwang.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        """After migrations every ledger's words are indexed."""
        from shouwang.evidence import targets
        from shouwang.ledger.catalogue import ledgers
        from shouwang.ledger.store import index
        from shouwang.trail.words import label_actions, label_target

        label_actions(ACTIONS)
        for spec in ledgers().values():
            label_target(spec.name, spec.title)
            targets.register(spec.name, partial(_sees, spec))
        post_migrate.connect(index.after_migrations, dispatch_uid="shouwang.ledger.index")
