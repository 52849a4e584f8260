"""Headers that offices write for the columns every ledger has: who, where, how to reach them.

One list for all ledgers, so that a spelling met in one office is understood in every ledger. A
declaration adds what is special to it: ``aliases=(*headers.PERSON, "经营者身份证号")``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PERSON: Final = (
    "身份证号",
    "身份证号码",
    "身份证",
    "身份证件号",
    "身份证件号码",
    "公民身份号码",
    "公民身份证号",
    "公民身份证号码",
    "居民身份证号",
    "居民身份证号码",
    "本人身份证号",
    "本人身份证号码",
    "身份号码",
    "证件号",
    "证件号码",
    "有效证件号",
    "有效证件号码",
)
NAME: Final = ("姓名", "人员姓名", "名字", "本人姓名", "人员")
SEX: Final = ("性别", "男女")
PHONE: Final = (
    "联系电话",
    "电话",
    "电话号码",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "联系手机",
    "联系号码",
    "本人电话",
    "联系手机号",
    "本人手机",
    "移动电话",
)
NOTE: Final = (
    "备注",
    "说明",
    "备注说明",
    "情况说明",
    "附注",
    "其他",
    "其它",
    "备考",
    "其他说明",
    "其它说明",
    "备注栏",
    "需要说明的情况",
)
GRID: Final = (
    "网格",
    "所属网格",
    "所在网格",
    "网格编号",
    "网格名称",
    "网格号",
    "网格编码",
    "管理网格",
    "责任网格",
)
ADDRESS: Final = (
    "住址",
    "地址",
    "家庭住址",
    "家庭地址",
    "居住地址",
    "现住址",
    "现居住地址",
    "详细地址",
    "住所",
)
DWELLING: Final = ("房屋编号", "房屋编码", "房号", "房屋号", "房间号", "室号", "房屋代码", "门牌编号", "房屋")
CREDIT_CODE: Final = (
    "统一社会信用代码",
    "统一信用代码",
    "社会信用代码",
    "信用代码",
    "信用代码证号",
    "组织机构代码",
    "营业执照号",
    "营业执照编号",
    "营业执照注册号",
    "营业执照号码",
    "执照号",
    "注册号",
)
EMPLOYER: Final = (
    "单位名称",
    "用人单位",
    "工作单位",
    "企业名称",
    "单位",
    "企业",
    "用工单位",
    "所在单位",
    "就业单位",
    "所在企业",
)

SEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "男": ("男性", "1", "M", "male"),
    "女": ("女性", "2", "F", "female"),
}
