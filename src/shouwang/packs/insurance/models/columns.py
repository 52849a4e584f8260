"""Column headers that several ledgers of the pack share, and the words that mean the same."""

from __future__ import annotations

from collections.abc import Iterable

PERSON = (
    "身份证号码",
    "公民身份号码",
    "公民身份证号码",
    "居民身份证号码",
    "身份证",
    "身份证件号码",
    "证件号码",
    "证件号",
    "社会保障号",
    "社会保障号码",
    "社保号码",
    "参保人身份证号",
    "参保人身份证号码",
)
NAME = ("名字", "人员姓名", "参保人", "参保人姓名", "参保人员姓名", "参保人员", "职工姓名", "人员名称")
UNIT = (
    "单位",
    "参保单位",
    "参保单位名称",
    "缴费单位",
    "缴费单位名称",
    "用人单位",
    "用人单位名称",
    "工作单位",
    "企业名称",
    "所在单位",
    "投保单位",
)
CREDIT_CODE = (
    "社会信用代码",
    "信用代码",
    "统一信用代码",
    "统一社会信用码",
    "单位信用代码",
    "单位统一社会信用代码",
    "纳税人识别号",
    "组织机构代码",
)
UNIT_NO = ("社保单位编号", "参保单位编号", "单位社保号", "社保登记号", "社会保险登记证号", "单位代码")
MEMBER_NO = (
    "社保编号",
    "个人社保编号",
    "个人社保号",
    "医保编号",
    "医保卡号",
    "社保卡号",
    "参保编号",
    "人员编号",
)
SEX = ("男女",)
PHONE = ("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系人电话")
NOTE = ("说明", "备考", "附注", "其他说明")
OFFICE = (
    "经办机构名称",
    "社保机构",
    "社会保险经办机构",
    "机构名称",
    "经办单位",
    "社保经办机构",
    "机构",
    "中心名称",
)
SECTION = ("科室名称", "所属科室", "部门", "部门名称", "所在科室", "承办科室", "责任科室")
ITEM = ("业务名称", "业务事项名称", "事项名称", "经办事项", "业务项目", "办理事项", "服务事项", "业务事项")
ITEM_NO = ("业务编号", "事项编码", "业务编码", "业务代码", "事项代码", "项目编号")
PROVIDER = (
    "医疗机构",
    "医疗机构名称",
    "定点机构",
    "定点医药机构",
    "定点医药机构名称",
    "定点单位",
    "机构名称",
    "两定机构",
    "两定点机构",
    "定点机构名称",
    "医药机构名称",
)
PROVIDER_NO = (
    "定点机构编号",
    "医疗机构编码",
    "机构编码",
    "定点编号",
    "医保机构编码",
    "机构编号",
    "医药机构编码",
)

SEXES = {"男": ("男性", "M", "1"), "女": ("女性", "F", "2")}

#: The five insurances (五险, S10-15) and the ways offices write them.
INSURANCES = {
    "养老": (
        "养老保险",
        "基本养老",
        "基本养老保险",
        "企业养老",
        "职工养老",
        "城镇职工养老保险",
        "职工基本养老保险",
    ),
    "失业": ("失业保险",),
    "医疗": (
        "医疗保险",
        "基本医疗",
        "基本医疗保险",
        "职工医保",
        "医保",
        "职工基本医疗保险",
        "城镇职工医疗保险",
    ),
    "工伤": ("工伤保险",),
    "生育": ("生育保险",),
}


def paths(uppers: Iterable[str], lowers: Iterable[str]) -> tuple[str, ...]:
    """Headers of two rows, as the reader joins them (``单位缴纳/养老``), and the same written in one."""
    lowers = tuple(lowers)
    found = [f"{upper}/{lower}" for upper in uppers for lower in lowers]
    turned = [f"{lower}/{upper}" for upper in uppers for lower in lowers]
    flat = [path.replace("/", "") for path in (*found, *turned)]
    return tuple(dict.fromkeys((*found, *turned, *flat)))


def share(payer: str, insurance: str) -> tuple[str, ...]:
    """Headers of one payer's share of one insurance; ``payer`` is 单位 or 个人."""
    uppers = [
        payer + end
        for end in ("缴纳", "缴费", "部分", "应缴", "实缴", "承担", "缴纳部分", "缴费部分", "缴费金额", "")
    ]
    lowers = [insurance, f"{insurance}保险", f"{insurance}保险费", f"基本{insurance}保险", f"基本{insurance}"]
    return paths(uppers, lowers)
