"""What all ledgers of the pack share: where their community stands."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    TextField,
)

#: Headers under which the community of a loan stands besides those every ledger knows.
COMMUNITY = (
    "社区",
    "社区名称",
    "所在社区",
    "所属社区",
    "试点社区",
    "信用社区",
    "申请社区",
    "户籍社区",
    "推荐社区",
    "居委会",
    "村社区",
    "村居",
    "所属村居",
    "村居名称",
)


class MicrocreditLedger(Ledger):
    """What all ledgers of the pack share: the community also stands under 试点社区 or 信用社区."""

    division = TextField(
        "所属社区",
        aliases=COMMUNITY,
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )

    class Meta:
        abstract = True
