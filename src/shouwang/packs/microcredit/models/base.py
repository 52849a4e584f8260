"""What all ledgers of the pack share: where their community stands."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Through
from shouwang.ledger.fields import TextField

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

#: Headers under which the three bodies of a loan stand; a row that names one is that body's to see.
BANK = (
    "承贷银行",
    "经办银行",
    "贷款银行",
    "放款银行",
    "发放银行",
    "合作银行",
    "承办行",
    "经办行",
    "承办银行名称",
    "经办银行名称",
    "承办金融机构",
    "经办金融机构",
)
GUARANTOR = (
    "担保机构名称",
    "担保单位",
    "担保公司",
    "担保中心",
    "承保机构",
    "担保方",
    "委托担保机构",
    "贷款担保机构",
)
INTERMEDIARY = (
    "贷款中介机构",
    "社区贷款中介机构",
    "中介组织",
    "贷款中介",
    "社区中介机构",
    "中介机构名称",
)

BODIES = ("bank", "guarantor", "intermediary")
THROUGH_LOAN = (Through("loan_no", "microcredit.loan"),)


class MicrocreditLedger(Ledger):
    """What all ledgers of the pack share: the community also stands under 试点社区 or 信用社区."""

    division = TextField(
        "所属社区",
        aliases=COMMUNITY,
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )

    class Meta(Ledger.Meta):
        abstract = True
