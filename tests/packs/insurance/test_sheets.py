"""Sheets as other offices write them: every ledger of the pack is known by headers that are not ours.

Each case is a sheet with its title and, per column, the header, the field it must be taken for, and
three cells.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from tests.packs.insurance.people import MAN, MAN_2, MILL, MILL_CODE, SHOP, SHOP_CODE, WOMAN

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import SheetReading, read_folder

Column = tuple[str, str, tuple[Any, Any, Any]]
PEOPLE = ("张三", "李四", "王五")
NUMBERS = (MAN, MAN_2, WOMAN)


def case(ledger: str, title: str, seeds: str, *columns: Column) -> Any:
    """One sheet, marked with the requirements whose register it is."""
    numbers = [f"S10-{n}" for n in seeds.split()]
    return pytest.param(
        f"insurance.{ledger}", title, columns, id=f"{ledger}-{len(columns)}", marks=pytest.mark.seed(*numbers)
    )


CASES = [
    case(
        "participation",
        "城镇职工五险参保人员名册",
        "15",
        ("参保人姓名", "name", PEOPLE),
        ("社会保障号码", "person", NUMBERS),
        ("参保单位名称", "unit", (MILL, MILL, SHOP)),
        ("参保类型", "identity", ("企业职工", "在职职工", "灵活就业人员")),
        ("是否参加养老保险", "pension", ("是", "是", "是")),
        ("是否参加失业保险", "unemployment", ("是", "否", "是")),
        ("是否参加医疗保险", "medical", ("√", "√", "×")),
        ("是否参加工伤保险", "work_injury", ("是", "是", "否")),
        ("是否参加生育保险", "maternity", ("是", "是", "否")),
        ("参保登记日期", "registered_on", ("2015-03-01", "2016.5.1", "2019年7月1日")),
    ),
    case(
        "insured_unit",
        "参保单位花名册",
        "29",
        ("参保单位名称", "unit", (MILL, SHOP, "云溪小学")),
        ("信用代码", "credit_code", (MILL_CODE, SHOP_CODE, None)),
        ("在册职工人数", "employees", (246, 14, 51)),
        ("在保人数", "insured", (240, 14, 51)),
        ("劳资员", "contact", PEOPLE),
    ),
    case(
        "unit_collection",
        "2023年社会保险费征缴明细",
        "29",
        ("缴费单位名称", "unit", (MILL, SHOP, "云溪小学")),
        ("征缴月份", "month", ("2023-01", "2023-01", "2023-01")),
        ("申报缴费人数", "declared_number", (240, 14, 51)),
        ("基数合计", "declared_base", (1200000, 70000, 280000)),
        ("应收金额", "due", (420000, 24500, 98000)),
        ("到账金额", "collected", (420000, 20000, 98000)),
        ("入库日期", "collected_on", ("2023-01-20", "2023-01-22", "2023-01-25")),
    ),
    case(
        "contribution",
        "职工缴费明细（2023年1月）",
        "15 29",
        ("个人社保编号", "member_no", ("3205001", "3205002", "3205003")),
        ("职工姓名", "name", PEOPLE),
        ("居民身份证号码", "person", NUMBERS),
        ("参保单位", "unit", (MILL, MILL, SHOP)),
        ("所属期", "month", ("202301", "2023.01", "2023年1月")),
        ("缴费工资", "base", (5571, 7261, "5,889.00")),
        ("应缴费额", "due", (2016.71, 2628.47, 2131.81)),
        ("实缴费额", "paid", (2016.71, 2628.47, 0)),
        ("缴费人员类别", "identity", ("企业职工", "在职职工", "个体灵活就业")),
    ),
    case(
        "pension_payment",
        "企业退休人员养老待遇发放明细",
        "30 33",
        ("待遇领取人", "name", PEOPLE),
        ("证件号码", "person", NUMBERS),
        ("退休前单位", "former_employer", (MILL, SHOP, "供销社")),
        ("待遇所属期", "month", ("2023-06", "2023-06", "2023-07")),
        ("实发养老金", "amount", (2689, "2,358.50", 5597)),
        ("待遇项目", "kind", ("基本养老金", "基本养老金", "丧葬费")),
    ),
    case(
        "inpatient_stay",
        "定点医院住院报销明细",
        "32",
        ("就诊流水号", "settlement_no", ("A001", "A002", "A003")),
        ("患者姓名", "name", PEOPLE),
        ("患者身份证号", "person", NUMBERS),
        ("就诊医院", "hospital", ("样和医院", "样中医院", "样仁医院")),
        ("入院时间", "admitted_on", ("2023-01-04", "2023/2/5", "2023年3月6日")),
        ("出院时间", "discharged_on", ("2023-01-08", "2023/2/9", "2023年3月16日")),
        ("主要诊断编码", "icd", ("K25.900", "J18.900", "O80.900")),
        ("主要诊断", "diagnosis", ("胃溃疡", "肺炎", "顺产")),
        ("是否核验身份", "identity_checked", ("是", "是", "否")),
        ("入院原因", "reason", ("腹痛", "发热", "待产")),
        ("治疗方式", "treatment", ("药物", "药物", "接生")),
        ("费用总额", "cost", (3000, 4000, 5000)),
        ("统筹基金支付", "fund", (2000, 2800, 3500)),
        ("个人负担", "own", (1000, 1200, 1500)),
    ),
    case(
        "pharmacy_purchase",
        "定点药店刷卡交易明细",
        "32",
        ("交易号", "transaction_no", ("B001", "B002", "B003")),
        ("持卡人姓名", "name", PEOPLE),
        ("持卡人身份证号", "person", NUMBERS),
        ("药店所在市", "city", ("云州市", "澜江市", "云州市")),
        ("定点药店名称", "pharmacy", ("康大药房", "样澜药店", "康大药房")),
        ("刷卡时间", "bought_at", ("2023-01-02 09:06", "2023/1/2 10:12:30", "2023-01-03 08:00")),
        ("品名", "drug", ("丹参滴丸", "布洛芬", "硝苯地平")),
        ("交易金额", "amount", (19.08, 33.67, 47.47)),
    ),
    case(
        "ward_check",
        "住院病人床前核查登记",
        "32",
        ("巡查日期", "checked_on", ("2023-05-03", "2023-05-03", "2023-05-04")),
        ("被查机构", "hospital", ("样和医院", "样和医院", "样中医院")),
        ("床号", "bed", ("3-12", "3-14", "5-01")),
        ("病人姓名", "name", PEOPLE),
        ("身份证号码", "person", NUMBERS),
        ("人证是否相符", "identity_matches", ("是", "否", "是")),
        ("是否在床", "in_bed", ("是", "是", "否")),
        ("是否符合入院指征", "meets_indication", ("是", "是", "否")),
        ("巡查人员", "checker", ("赵六", "赵六", "赵六")),
    ),
    case(
        "benefit_payment",
        "社会保险待遇支付复核登记",
        "30",
        ("拨付单号", "payment_no", ("Z001", "Z002", "Z003")),
        ("险种名称", "kind", ("养老保险", "医保", "工伤保险")),
        ("待遇名称", "benefit", ("丧葬补助", "住院报销", "一次性伤残补助")),
        ("受益人", "name", PEOPLE),
        ("证件号", "person", NUMBERS),
        ("拨付金额", "amount", (6000, 1200, 30000)),
        ("拨付日期", "paid_on", ("2023-05-03", "2023-05-03", "2023-05-04")),
        ("支付凭据", "documents", ("死亡证明", "发票、清单", "鉴定书")),
        ("初审人", "handler", ("甲某", "甲某", "乙某")),
        ("稽核复核人", "reviewer", ("丙某", "丙某", "丙某")),
    ),
    case(
        "audit",
        "社保稽核登记表（2023年度）",
        "43 44 88",
        ("稽核文书号", "audit_no", ("稽〔2023〕1号", "稽〔2023〕2号", "稽〔2023〕3号")),
        ("稽核时间", "audited_on", ("2023-05-03", "2023-05-09", "2023-06-04")),
        ("稽核类别", "scope", ("参保缴费", "参保缴费", "待遇领取")),
        ("被稽核单位", "unit", (MILL, SHOP, "云溪小学")),
        ("申报人数", "declared_number", (240, 14, 51)),
        ("核实人数", "verified_number", (246, 14, 51)),
        ("违反条款", "broken_rule", ("社会保险法第六十条", None, None)),
        ("补缴金额", "amount", (12000, 0, 0)),
    ),
    case(
        "complaint",
        "基金违规举报登记簿",
        "13 31",
        ("举报编号", "complaint_no", ("J1", "J2", "J3")),
        ("举报日期", "received_on", ("2023-05-03", "2023-05-09", "2023-06-04")),
        ("举报人", "name", PEOPLE),
        ("被举报单位", "accused", ("康大药房", "样和医院", SHOP)),
        ("举报内容", "content", ("串换药品", "挂床住院", "少报人数")),
        ("受理时间", "accepted_on", ("2023-05-04", "2023-05-10", "2023-06-05")),
        ("调查时间", "investigated_on", ("2023-05-14", "2023-05-20", None)),
        ("处理意见", "outcome", ("暂停协议", "追回基金", None)),
        ("结案日期", "handled_on", ("2023-06-04", "2023-06-10", None)),
    ),
    case(
        "provider",
        "定点医药机构名册",
        "12",
        ("定点编号", "provider_no", ("H001", "H002", "P001")),
        ("定点机构名称", "provider", ("样和医院", "样中医院", "康大药房")),
        ("定点类型", "kind", ("定点医院", "定点医院", "定点零售药店")),
        ("监管级别", "grade", ("A级", "B级", "A级")),
        ("协议生效日期", "agreed_on", ("2020-01-01", "2020-01-01", "2021-01-01")),
        ("协议到期日期", "agreed_until", ("2024-12-31", "2024-12-31", "2024-12-31")),
    ),
    case(
        "provider_evaluation",
        "两定机构年度考核表",
        "12 59",
        ("被评价机构", "provider", ("样和医院", "样中医院", "康大药房")),
        ("考核年度", "year", (2023, 2023, 2023)),
        ("考核办法", "indicator_system", ("两定点考核办法", "两定点考核办法", "两定点考核办法")),
        ("考核得分", "score", (92, 85, 78)),
        ("考核等级", "grade", ("A级", "B级", "C级")),
        ("考核日期", "evaluated_on", ("2023-12-01", "2023-12-02", "2023-12-03")),
    ),
    case(
        "supervision_plan",
        "医疗保险监管计划一览",
        "58",
        ("计划年度", "year", (2021, 2022, 2023)),
        ("方案名称", "title", ("2021年监管方案", "2022年监管方案", "2023年监管方案")),
        ("监督评价指标", "indicators", ("次均费用", "次均费用", "次均费用、住院率")),
        ("监管手段", "method", ("抽样", "抽样", "抽样、网络")),
        ("印发日期", "approved_on", ("2021-01-10", "2022-01-10", "2023-01-10")),
    ),
    case(
        "supervision",
        "两定点医保抽查记录",
        "12",
        ("抽查日期", "supervised_on", ("2023-05-03", "2023-05-09", "2023-06-04")),
        ("被检查机构", "provider", ("样和医院", "样中医院", "康大药房")),
        ("监管手段", "method", ("抽样", "网上监管", "分级监管")),
        ("抽样方式", "sampling", ("随机", None, None)),
        ("样本量", "sample_size", (30, 500, 12)),
        ("违规数", "problems", (2, 0, 1)),
        ("检查情况", "findings", ("两例挂床", "未发现问题", "串换一例")),
        ("检查人员", "inspectors", ("甲某", "乙某", "丙某")),
    ),
    case(
        "standard",
        "社会保险标准体系表",
        "16 17 18 19 20 21 22",
        ("标准号", "standard_no", ("JC-01", "YW-02", "FW-03")),
        ("标准题名", "title", ("术语", "退休审批岗位规范", "窗口服务规范")),
        ("标准分类", "kind", ("基础", "业务", "服务")),
        ("颁布机构", "issuer", ("人社部", "市社保中心", "市社保中心")),
        ("级别", "level", ("国家级", "市级", "地市级")),
        ("内容摘要", "scope", ("名词解释", "岗位要求", "仪表、语言、设施")),
        ("工作流程", "work_content", (None, "受理、审核、复核", None)),
        ("施行日期", "in_force_on", ("2015-01-01", "2019-01-01", "2020-01-01")),
    ),
    case(
        "standard",
        "业务标准（岗位）目录",
        "22 23 24",
        ("标准编号", "standard_no", ("YW-01", "YW-02", "YW-03")),
        ("标准名称", "title", ("征缴岗规范", "稽核岗规范", "复核岗规范")),
        ("适用岗位", "post", ("征缴岗", "稽核岗", "复核岗")),
        ("工作内容和流程", "work_content", ("核定、征收", "稽核", "复核")),
        ("工作职责和权限", "duties", ("征收", "检查", "复核")),
        ("与内部岗位的联系", "links_inside", ("财务", "征缴", "待遇")),
        ("与外部的联系", "links_outside", ("税务", "单位", "银行")),
        ("能力和资格要求", "qualification", ("会计", "审计", "统计")),
        ("版本号", "version", ("1.0", "1.1", "2.0")),
    ),
    case(
        "business_item",
        "社保经办业务目录",
        "25",
        ("社保机构", "office", ("宿城社保", "泗阳社保", "沭阳社保")),
        ("业务代码", "item_no", ("T01", "T01", "T02")),
        ("业务事项名称", "item", ("退休审批", "退休审批", "参保登记")),
        ("原名称", "local_name", ("办退休", "退休核准", "开户")),
        ("执行标准", "standard_no", ("YW-01", None, "YW-03")),
        ("承诺办结时限", "time_limit", (20, 20, 5)),
    ),
    case(
        "item_material",
        "业务申报资料清单",
        "26",
        ("社保机构", "office", ("宿城社保", "泗阳社保", "沭阳社保")),
        ("业务事项名称", "item", ("退休审批", "退休审批", "参保登记")),
        ("资料名称", "material", ("身份证", "档案", "营业执照")),
        ("材料份数", "copies", (1, 1, 2)),
        ("用于环节", "used_in_step", ("受理", "复核", "受理")),
    ),
    case(
        "item_form",
        "业务表单目录",
        "27",
        ("社保机构", "office", ("宿城社保", "泗阳社保", "沭阳社保")),
        ("业务事项名称", "item", ("退休审批", "退休审批", "参保登记")),
        ("表号", "form_no", ("B1", "B2", "B3")),
        ("表格名称", "form", ("退休审批表", "养老金核定表", "参保登记表")),
        ("表单介质", "medium", ("纸质表单", "电子版", "纸张")),
        ("填表要求", "rules", ("黑色墨水", "系统自动", None)),
    ),
    case(
        "process_step",
        "社会保险业务实用手册业务环节清单",
        "28",
        ("业务事项名称", "item", ("退休审批", "退休审批", "退休审批")),
        ("环节编号", "step_no", (1, 2, 3)),
        ("业务环节", "step", ("受理", "审核", "复核")),
        ("责任岗位", "post", ("窗口岗", "待遇岗", "稽核岗")),
        ("传递表单", "form", ("受理单", "审批表", "审批表")),
        ("是否关键控制点", "control_point", ("否", "否", "是")),
    ),
    case(
        "handling",
        "业务受理登记（2023年）",
        "67 68",
        ("受理号", "case_no", ("S001", "S002", "S003")),
        ("办理事项", "item", ("退休审批", "退休审批", "参保登记")),
        ("受理时间", "accepted_on", ("2023-05-03", "2023-05-09", "2023-06-04")),
        ("录入人员", "entry_by", ("甲某", "甲某", "乙某")),
        ("复核人员", "review_by", ("丙某", "丙某", "乙某")),
        ("办结时间", "finished_on", ("2023-05-13", "2023-05-19", "2023-06-05")),
        ("材料件数", "materials", (4, 5, 2)),
        ("差错笔数", "errors", (0, 1, 0)),
    ),
    case(
        "handling_step",
        "业务流转记录",
        "70",
        ("受理号", "case_no", ("S001", "S001", "S001")),
        ("办理环节", "step", ("受理", "审核", "复核")),
        ("环节办理人", "done_by", ("甲某", "乙某", "丙某")),
        ("处理时间", "done_on", ("2023-05-03", "2023-05-04", "2023-05-05")),
        ("处理结果", "outcome", ("通过", "通过", "略过")),
    ),
    case(
        "process_change",
        "业务流程优化登记",
        "93",
        ("业务事项名称", "item", ("退休审批", "退休审批", "参保登记")),
        ("变更环节", "step", ("抄录", "盖章", "初审")),
        ("调整类型", "kind", ("精简环节", "环节合并", "环节拆分")),
        ("调整原因", "reason", ("重复", "重复", "业务量大")),
        ("内控影响", "effect_on_control", ("无", "无", "加强")),
        ("对时限的影响", "effect_on_steps", ("减1天", "减1天", "加1天")),
        ("调整日期", "changed_on", ("2023-05-03", "2023-05-04", "2023-05-05")),
    ),
    case(
        "section",
        "社保机构内设科室与编制",
        "09",
        ("社保经办机构", "office", ("宿城社保", "宿城社保", "宿城社保")),
        ("科室名称", "section", ("稽核科", "征缴科", "医疗保险监管科")),
        ("主要职责", "function", ("稽核", "征缴", "监管")),
        ("核定编制", "established", (2, 5, 3)),
        ("实有人数", "staff", (2, 4, 3)),
        ("年业务量", "workload", (3000, 9000, 80000)),
    ),
    case(
        "staff",
        "稽核监管人员名册",
        "61 08",
        ("人员姓名", "name", PEOPLE),
        ("科室名称", "section", ("稽核科", "稽核科", "医疗保险监管科")),
        ("岗位名称", "post", ("稽核员", "稽核员", "监管员")),
        ("上岗日期", "joined_on", ("2015-01-01", "2019-01-01", "2020-01-01")),
        ("熟悉业务范围", "knows", ("养老、失业", "全部业务", "医疗")),
    ),
    case(
        "community_platform",
        "街道社区社会保障工作平台建设情况",
        "62 91",
        ("劳动保障工作站", "platform", ("云溪社区工作站", "柳岸社区工作站", "桥头社区工作站")),
        ("成立时间", "established_on", ("2010-01-01", "2011-01-01", "2012-01-01")),
        ("配备人员", "staff", (2, 1, 0)),
        ("主要职责", "duties", ("退休人员管理", "退休人员管理", None)),
        ("年度经费", "funding", (50000, 30000, 0)),
        ("接收退休人员数", "retirees", (900, 600, 500)),
        ("全年服务次数", "services", (12, 4, 0)),
    ),
    case(
        "platform_service",
        "退休人员走访记录",
        "48",
        ("工作站", "platform", ("云溪社区工作站", "柳岸社区工作站", "桥头社区工作站")),
        ("走访日期", "served_on", ("2023-03-01", "2023-04-01", "2023-05-01")),
        ("退休人员姓名", "name", PEOPLE),
        ("服务项目", "service", ("慰问", "认证", "体检")),
        ("走访人", "served_by", ("甲某", "乙某", "丙某")),
    ),
    case(
        "coordination_matter",
        "社区与社保部门职责分工协调台账",
        "54 63",
        ("问题类别", "kind", ("关系未理顺", "职责不清", "撤并阻碍")),
        ("相关单位", "parties", ("社区、社保局", "社区、社保局", "征缴科、稽核科")),
        ("问题描述", "matter", ("认证由谁做", "台账由谁管", "两科合并")),
        ("提出时间", "raised_on", ("2023-03-01", "2023-04-01", "2023-05-01")),
        ("分工文件", "document", ("望街发〔2023〕5号", None, None)),
        ("理顺日期", "settled_on", ("2023-06-01", None, None)),
    ),
]


def read(folder: Path, title: str, columns: tuple[Column, ...]) -> tuple[SheetReading, dict[str, Any], str]:
    """Write the sheet under a title line, read it; the account, the records by column, the ledger."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append([title])
    sheet.append(["序号", *(header for header, _, _ in columns)])
    for i in range(3):
        sheet.append([i + 1, *(cells[i] for _, _, cells in columns)])
    book.save(folder / "台账.xlsx")
    got: dict[str, Any] = {}

    def sink(spec: SheetSpec, file: str, name: str, rows: pa.Table, fields: Any) -> None:
        got.update(rows=rows, ledger=spec.name)

    reading = read_folder(folder, out_snapshot=sink)
    ((account,),) = [file.sheets for file in reading.files]
    return account, got.get("rows") and got["rows"].to_pydict(), got.get("ledger", "")


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: tuple[Column, ...], tmp_path: Path
) -> None:
    account, rows, taken = read(tmp_path, title, columns)
    assert taken == ledger, (account.status, account.ledger, account.notes)
    assert {c.header: c.field for c in account.columns if c.field} == {h: f for h, f, _ in columns}
    assert len(rows["_row"]) == 3


def test_words_of_other_offices_are_read_as_ours(tmp_path: Path) -> None:
    by_ledger = {p.values[0]: p.values for p in CASES}
    expected = {
        "contribution": {"identity": ["单位职工", "单位职工", "灵活就业"]},
        "pension_payment": {"kind": ["正常", "正常", "丧葬抚恤"]},
        "supervision": {"method": ["抽样监管", "网络监管", "等级监管"]},
        "benefit_payment": {"kind": ["养老", "医疗", "工伤"]},
        "audit": {"scope": ["缴费", "缴费", "待遇"]},
        "process_change": {"kind": ["取消环节", "合并环节", "拆分环节"]},
        "participation": {"maternity": [True, True, False], "medical": [True, True, False]},
        "provider": {"kind": ["医院", "医院", "药店"]},
    }
    for name, columns in expected.items():
        (tmp_path / name).mkdir()
        _, title, cells = by_ledger[f"insurance.{name}"]
        _, rows, _ = read(tmp_path / name, str(title), cells)  # type: ignore[arg-type]
        assert {column: rows[column] for column in columns} == columns


def test_every_ledger_of_the_pack_has_a_case() -> None:
    known = {parameter.values[0] for parameter in CASES}
    assert known == {name for name in ledgers() if name.startswith("insurance.")}


def test_no_header_means_two_columns_of_one_ledger() -> None:
    for name, spec in ledgers().items():
        if spec.pack != "insurance":
            continue
        meant: dict[str, str] = {}
        for field, column in spec.fields.items():
            for header in {column.label, *column.aliases}:
                assert meant.setdefault(header, field) == field, (name, header)
        assert set(spec.key) <= set(spec.fields), name
