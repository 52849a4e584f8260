"""Headers and value spellings that several ledgers of the pack share."""

from __future__ import annotations

from typing import Final

from shouwang.ledger import headers


def words(text: str) -> tuple[str, ...]:
    """The words of a text, parted by spaces: how long lists of headers are written here."""
    return tuple(text.split())


PERSON: Final = (
    *headers.PERSON,
    *words("成员身份证号 成员身份证号码 家庭成员身份证号 保障对象身份证号 保障对象身份证号码"),
)
HEAD_PERSON: Final = words(
    "户主身份证号 户主身份证号码 户主身份证 户主公民身份号码 领款人身份证号 领取人身份证号 "
    "申请人身份证号 申请人身份证号码"
)
NAME: Final = (*headers.NAME, *words("对象姓名 低保对象姓名 保障对象姓名 保障对象 低保对象 救助对象"))
CERTIFICATE: Final = words(
    "低保证编号 低保证号码 低保证 低保号 低保编号 低保户编号 低保户号 低保证件号 低保金证号 "
    "低保证书编号 保障证号 保障证编号 保障编号 保障号 救助证号 救助证编号 救助编号 证号 "
    "证书编号 最低生活保障证号 最低生活保障证编号 低保家庭编号 家庭编号"
)
HEAD: Final = words(
    "户主 户主名 户主名字 家庭户主 申请人 申请人姓名 低保户主 低保户主姓名 户主姓名申请人 "
    "持证人 持证人姓名 户名"
)
SEX: Final = headers.SEXES
NOTE: Final = headers.NOTE
PHONE: Final = headers.PHONE
GRID: Final = headers.GRID
ADDRESS: Final = headers.ADDRESS
HANDLER: Final = words("经办 经办人姓名 经手人 办理人 登记人 工作人员 服务人员 责任人 承办人")
SOCIAL_WORKER: Final = words("社会工作者 社工姓名 负责社工 专职社工 服务社工 主责社工 跟进社工")

CATEGORIES: Final = {
    "一类": words("1类 第一类 一 类别一 三无人员 三无对象 三无 三无户 一类对象 1"),
    "二类": words("2类 第二类 二 类别二 在职困难 在职困难户 二类对象 2"),
    "三类": words("3类 第三类 三 类别三 其他困难 其他居民 三类对象 3"),
    "四类": words("4类 第四类 四 类别四 失业期满 失业保险期满 失业人员 四类对象 4"),
}
"""The four categories of S2-43 … S2-46."""

ABILITY: Final = {
    "有": words("有劳动能力 具备 具有 完全 完全具备 有劳力 具备劳动能力 完全劳动能力 健全 正常 劳动力 是 强"),
    "部分": words(
        "部分劳动能力 部分丧失 部分丧失劳动能力 半劳动力 弱劳动力 弱 有部分 部分有 半劳力 弱劳动能力 部分具备"
    ),
    "无": words("无劳动能力 丧失 丧失劳动能力 完全丧失 完全丧失劳动能力 没有 不具备 无劳力 无劳动力 否"),
}

JOBS: Final = {
    "在职": words(
        "在岗 就业 已就业 单位就业 正式就业 在业 单位职工 企业职工 上班 受雇 稳定就业 签订劳动合同 合同工"
    ),
    "灵活就业": words("打零工 零工 临时工 短工 自由职业 非正规就业 临时就业 零散务工 打工 务工"),
    "个体经营": words("个体 个体户 个体工商户 自营 经商 自主创业 自谋职业"),
    "公益性岗位": ("公岗", "公益岗", "公益性岗", "公益岗位"),
    "失业": words("登记失业 下岗 下岗失业 失业登记 下岗未就业 待业 未就业 失业人员"),
    "无业": words("无 没有工作 无工作 无职业 未从业 家务 料理家务"),
    "在校": words("学生 在校生 在校学生 上学 在读 就读 中小学生 小学生 中学生 大学生 高中生 初中生 在学"),
    "学龄前": words("学前 学前儿童 婴幼儿 幼儿 儿童 未入学 幼儿园"),
    "退休": ("离退休", "退休人员", "已退休", "退养", "离休"),
    "务农": ("种地", "农业", "务农人员"),
}

CAPABILITY: Final = ("能力评分", "处理问题能力", "家庭能力评分", "能力等级分", "应对能力评分")
