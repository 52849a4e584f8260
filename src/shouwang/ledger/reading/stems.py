"""Headers brought to a stem, so that 亡故时间 is known where 死亡日期 is declared.

Clerks vary a header in few ways: the last word (时间 for 日期, 编号 for 号码), the common words inside it
(街办 for 街道), and words that add nothing (的, 本次). ``stem`` takes these out; ``likeness`` compares
what is left.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ALIKE: Final = (
    ("帐", "账"),
    ("日期时间|日期及时间", "时间"),
    ("去世|亡故|身故|逝世|离世", "死亡"),
    ("街道办事处|街道办|街办|镇街|街镇|乡镇|镇办", "街道"),
    ("民政局|民政部门", "民政"),
    ("居民委员会|居委会", "社区"),
    ("劳动保障所|劳动保障机构|劳保所|劳保机构|劳动保障", "劳保"),
    ("低保|救助", "保障"),
    ("移动电话|手机|联系方式", "电话"),
    ("住房|房间", "房屋"),
    ("起始|开始", "起"),
    ("截止|截至|结束|终止", "止"),
    ("经手", "经办"),
    ("购买", "购"),
    ("止码|止数|示数|表底|表码", "读数"),
    ("上月", "上期"),
    ("本月", "本期"),
    ("去年", "上年"),
    ("的|之|本次|具体|所对应|对应", ""),
)
"""Words for the same thing inside a header."""

_HEADS: Final = (
    ("(?:年月日|时间|日期|时日|日)$", "日期"),
    ("(?:所属期|所属年月|年月份|年月|月份|月度)$", "年月"),
    ("(?:号码|编号|编码|代码|号)$", "号"),
    ("(?:情况|状况|状态|情形|现状)$", "状况"),
    ("(?:类型|类别|种类|性质|类)$", "类"),
    ("(?:方式|方法|形式|办法|途径)$", "方式"),
    ("(?:原因|事由|缘由|理由)$", "原因"),
    ("(?:金额|数额|额度|总额|额)$", "额"),
    ("(?:结果|结论|结局)$", "结果"),
    ("(?:地址|住址|住所|地点|位置|处所)$", "址"),
    ("(?:人员|人|者|员)$", "人"),
)
"""Words for the same kind of thing at the end, where a Chinese compound has its head."""

_INSIDE: Final = [(re.compile(pattern), word) for pattern, word in _ALIKE]
_ENDS: Final = [(re.compile(pattern), word) for pattern, word in _HEADS]
_OPPOSITE: Final = (
    ("上", "本"), ("上", "下"), ("初", "复"), ("起", "止"), ("单位", "个人"), ("入", "出"), ("收", "支"),
    ("应", "实"), ("新", "旧"), ("应", "已"), ("借", "还"), ("借", "贷"), ("家庭", "本人"), ("家庭", "个人"),
    ("内", "外"), ("前", "后"), ("男", "女"), ("申请", "批准"), ("计划", "实际"), ("预", "实"),
    ("户主", "成员"), ("年", "月"), ("起", "停"), ("总", "人均"), ("甲", "乙"), ("审核", "审批"),
    ("原", "现"), ("上级", "下级"), ("社区", "街道"), ("社区", "民政"), ("街道", "民政"), ("统筹", "自"),
    ("不", "是"), ("暂停", "恢复"),
)  # fmt: skip
"""Words that part two columns however alike the rest of their headers is."""


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    """The stem of a header that has no spaces and brackets; levels of a path are brought to their stems.

    >>> stem("亡故时间") == stem("死亡日期"), stem("走访人员姓名") == stem("走访人")
    (True, True)
    """
    if "/" in text:
        return "/".join(map(stem, text.split("/")))
    for pattern, word in _INSIDE:
        text = pattern.sub(word, text)
    for tail in ("姓名", "名字", "名称", "全称", "签字", "签名"):
        if text.endswith(tail) and len(text) >= len(tail) + 2:
            text = text.removesuffix(tail)
    for pattern, word in _ENDS:
        shorter, found = pattern.subn(word, text)
        if found:
            return shorter
    return text


@lru_cache(maxsize=262144)
def likeness(one: str, other: str) -> float:
    """How alike two stems are (0 to 1): the share of common characters, 0 where the head or a part differs.

    The first character tells more than those in the middle: 应发放额 is rather 应发额 than 发放额.

    >>> likeness("担保中心审核人", "担保审核人") > 0.8, likeness("上期读数", "本期读数")
    (True, 0.0)
    """
    if one[-1:] != other[-1:] or "/" in one or "/" in other:
        return 0.0
    mine, others = set(one), set(other)
    common = len(mine & others)
    found = 2 * common / (len(mine) + len(others)) + (0.1 if one[0] == other[0] else 0.0)
    if found < 0.6 or common < 2:
        return 0.0
    for left, right in _OPPOSITE:
        if (left in one) != (left in other) and (right in one) != (right in other):
            return 0.0
    return min(found, 1.0)
