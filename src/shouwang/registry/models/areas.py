"""Areas: administrative divisions down to the grid, and the places that are visited in them."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import AddressField, CodeField, NameField, PhoneField, TextField


class Division(Ledger):
    """A sub-district, community, village or grid, and who answers for it."""

    code = CodeField(
        "区划代码",
        aliases=("行政区划代码", "统计区划代码", "区划编码", "网格代码", "网格编码", "代码", "区域代码"),
        note="统计用区划代码12位，网格再加3位（GB/T 2260）",
    )
    name = TextField(
        "区划名称",
        aliases=("名称", "网格名称", "区域名称", "责任区名称", "辖区名称", "社区村名称", "网格"),
        required=True,
    )
    level = TextField(
        "层级",
        aliases=("级别", "区划级别", "类别", "区域类型"),
        values={
            "街道": ("乡镇", "镇", "乡", "镇街", "街道办事处", "街道级"),
            "社区": ("村", "居委会", "村居", "居", "社区居委会", "村委会", "社区级"),
            "网格": ("小网格", "基础网格", "网格级", "专属网格"),
        },
    )
    parent = TextField(
        "上级区划", aliases=("上级", "上级名称", "隶属", "上级区划名称", "上级单位", "所属街道", "所属乡镇")
    )
    boundary = TextField(
        "四至范围", aliases=("边界", "范围", "网格范围", "管辖范围", "四至", "界址", "责任范围")
    )
    grid_worker = NameField(
        "网格员",
        aliases=("专职网格员", "网格员姓名", "网格长", "兼职网格员", "网格管理员", "责任网格员"),
        seeds=("S1-03",),
    )
    grid_worker_phone = PhoneField("网格员电话", aliases=("网格员联系电话", "网格员手机", "网格长电话"))
    beat_officer = NameField(
        "管片民警",
        aliases=("社区民警", "责任民警", "片警", "社区管片民警", "包片民警", "民警", "民警姓名", "驻区民警"),
        seeds=("S1-01", "S1-09"),
    )
    police_station = TextField(
        "派出所", aliases=("所属派出所", "辖区派出所", "民警所属派出所"), seeds=("S1-04",)
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "区划网格清单"
        aliases = (
            "网格清单",
            "网格划分表",
            "网格一览表",
            "区划名单",
            "网格员名单",
            "网格台账",
            "社区网格信息表",
        )
        subject = "division"
        key = ("code", "parent", "name")
        seeds = ("S1-01", "S1-03", "S1-04", "S1-09")
        about = "街道、社区、网格的名称、隶属、四至，以及每片的网格员和管片民警"


class Place(Ledger):
    """A place that a screening has to reach: a building, a residential point, a firm, a school."""

    place_no = CodeField(
        "点位编号",
        aliases=(
            "编号",
            "点位号",
            "点位代码",
            "点位编码",
            "排查点编号",
            "场所编号",
            "排查点位编号",
            "编码",
            "代码",
            "点位序号",
        ),
    )
    name = TextField(
        "点位名称",
        aliases=(
            "名称",
            "排查点",
            "排查点名称",
            "排查点位",
            "场所名称",
            "点位",
            "楼栋",
            "楼幢",
            "楼栋名称",
            "走访点位",
            "场所",
            "点位名",
        ),
        required=True,
    )
    kind = TextField(
        "类型",
        aliases=("点位类型", "类别", "点位类别", "场所类型", "排查点类型", "性质"),
        values={
            "居民小区": ("小区", "住宅小区", "住宅", "楼栋", "楼幢", "小区楼栋"),
            "居民点": ("自然村", "散居", "平房", "散居居民点", "平房区", "居民片"),
            "辖区企业": ("企业", "工厂", "厂矿", "企业单位", "单位", "公司"),
            "学校": ("幼儿园", "中小学", "院校"),
            "市场": ("农贸市场", "集贸市场", "商场", "专业市场"),
        },
        seeds=("S1-11",),
    )
    address = AddressField("地址", aliases=(*headers.ADDRESS, "位置", "坐落", "点位地址", "所在位置"))
    grid = TextField("所属网格", aliases=headers.GRID)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "排查点位清单"
        aliases = (
            "点位清单",
            "点位一览表",
            "排查点清单",
            "走访点位",
            "场所清单",
            "点位台账",
            "楼栋清单",
            "网格点位名录",
            "点位名录",
            "点位明细",
            "点位一览",
            "排查点位",
            "走访点位一览表",
            "网格点位",
        )
        subject = "place"
        key = ("place_no", "name")
        seeds = ("S1-11", "S1-23", "S1-40")
        about = "排查和走访应当到达的每一个点位"
