"""Words of the invented town: names, streets, trades, diseases, drugs. None is taken from a real list."""

from __future__ import annotations

from typing import Final

import polars as pl

SURNAMES: Final = pl.Series(
    list(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
        "姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙陶黎史贺毛郝顾龚邵万覃武戴孔汤庞樊兰"
    )
)
MALE: Final = pl.Series(
    list("伟强磊军勇杰涛斌辉鹏飞刚健明亮波超平建国志华文学林海峰山川松柏成功义仁德厚诚信安康宁远达新")
)
FEMALE: Final = pl.Series(
    list("芳娜敏静丽艳娟霞秀兰英华慧巧美玉红梅琴莉云莲香月桂芬芝萍雪晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖")
)

COMMUNITY_FIRST: Final = list(
    "青白云松竹梅兰荷桃柳溪泉河湖山石金银玉锦福康安和瑞祥春秋晨星月光明德仁义礼智信"
)
COMMUNITY_SECOND: Final = list("苑庭泽湾畔岭坪桥亭阁里坊台塘浦渡港洲屿谷峰原野园林田圃舍堤岸埠塬坡岗泊涧")

STREETS: Final = ("望河街道", "临江街道", "东山街道", "清源街道", "北苑街道")
COUNTY: Final = "云川县"
COMPOUNDS: Final = ("花园", "新村", "小区", "家园", "公寓", "雅居", "名都", "嘉苑")
TRADES: Final = (
    ("精密机械", "机加工"), ("电子科技", "电子装配"), ("纺织服装", "缝纫"), ("食品加工", "食品包装"),
    ("建筑工程", "砌筑"), ("物流运输", "分拣"), ("塑料制品", "注塑"), ("家具制造", "木工"),
    ("印刷包装", "印刷"), ("汽车配件", "冲压"), ("物业服务", "保洁"), ("商贸连锁", "营业员"),
)  # fmt: skip
SHOPS: Final = (
    ("小吃店", "餐饮服务"), ("早餐店", "餐饮服务"), ("面馆", "餐饮服务"), ("便利店", "日用百货零售"),
    ("水果店", "水果零售"), ("理发店", "理发服务"), ("裁缝铺", "服装修补"), ("修车铺", "自行车修理"),
    ("洗衣店", "洗衣服务"), ("花店", "花卉零售"), ("五金店", "五金零售"), ("废品收购站", "再生资源回收"),
)  # fmt: skip
PROJECTS: Final = tuple(dict.fromkeys(scope for _, scope in SHOPS))
ORIGINS: Final = ("外省山阳县", "外省平川县", "外省河口县", "外省石桥县", "外省南岭县", "邻市东河县")
CAUSES: Final = ("心脑血管疾病", "恶性肿瘤", "呼吸系统疾病", "年老体衰", "意外事故")
HOSPITALS: Final = (
    ("云川县人民医院", "二级", "云川市"), ("云川县中医院", "二级", "云川市"),
    ("云川市第一医院", "三级", "云川市"), ("望河卫生院", "一级", "云川市"),
    ("临江卫生服务中心", "一级", "云川市"), ("云川市第三医院", "三级", "云川市"),
)  # fmt: skip
PHARMACIES: Final = ("安康大药房", "济民药店", "同益药房", "仁和大药房", "百姓药店", "康宁药房")
CITY: Final = "云川市"
OTHER_CITY: Final = "清江市"
DISEASES: Final = (
    ("I10.x00", "高血压病"), ("J18.900", "肺炎"), ("K29.500", "慢性胃炎"), ("E11.900", "2型糖尿病"),
    ("I63.900", "脑梗死"), ("J44.900", "慢性阻塞性肺疾病"), ("M51.200", "腰椎间盘突出症"),
    ("K80.100", "胆囊结石伴胆囊炎"), ("I25.100", "冠状动脉粥样硬化性心脏病"), ("S82.800", "踝关节骨折"),
    ("H25.900", "老年性白内障"), ("N20.000", "肾结石"),
)  # fmt: skip
DRUGS: Final = ("降压片", "感冒灵颗粒", "阿莫西林胶囊", "二甲双胍片", "复方丹参片", "止咳糖浆", "维生素C片")
POSTS: Final = ("操作工", "检验员", "仓管员", "文员", "司机", "组长")
GRIDS: Final = (
    "第一网格",
    "第二网格",
    "第三网格",
    "第四网格",
    "第五网格",
    "第六网格",
    "第七网格",
    "第八网格",
)
FOUND: Final = (
    "未见异常",
    "楼道堆放杂物，已劝离",
    "电动车飞线充电",
    "消防通道停车",
    "租客更换，已登记",
    "路灯损坏",
)


def community(index: int) -> str:
    """The name of a community; beyond some 1,400 the same pairs come again with a number."""
    names = len(COMMUNITY_FIRST) * len(COMMUNITY_SECOND)
    first, second = divmod(index * 41 % names, len(COMMUNITY_SECOND))
    number = index // names
    return f"{COMMUNITY_FIRST[first]}{COMMUNITY_SECOND[second]}{number or ''}社区"
