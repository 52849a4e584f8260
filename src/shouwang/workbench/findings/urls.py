"""Routes of the pages of findings."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.findings import (
    detail,
    field,
    listing,
    notices,
    parameters,
    points,
    sampling,
    scans,
    worklist,
)
from shouwang.workbench.navigation import Item

urlpatterns = [
    path("work/", worklist.work, name="work-list"),
    path("findings/", listing.listing, name="finding-list"),
    path("findings/batch/", listing.batch, name="finding-batch"),
    path("findings/report/", field.report, name="finding-report"),
    path("findings/<int:pk>/", detail.detail, name="finding"),
    path("findings/<int:pk>/step/<slug:action>/", detail.step, name="finding-step"),
    path("findings/<int:pk>/clear/", detail.clear, name="finding-clear"),
    path("scans/", scans.listing, name="scan-list"),
    path("scans/run/", scans.run, name="scan-run"),
    path("scans/compare/", scans.compare, name="scan-compare"),
    path("scans/<int:pk>/", scans.detail, name="scan"),
    path("scans/<int:pk>/report/<slug:kind>/", scans.report, name="scan-report"),
    path("parameters/", parameters.listing, name="parameter-list"),
    path("parameters/change/<int:pk>/", parameters.change, name="parameter-change"),
    path("parameters/change/<int:pk>/cancel/", parameters.cancel, name="parameter-cancel"),
    path("parameters/change/<int:pk>/act/", parameters.act, name="parameter-act"),
    path("parameters/<str:name>/", parameters.detail, name="parameter"),
    path("register/", points.listing, name="risk-register"),
    path("register/matrix/", points.edit_matrix, name="risk-matrix"),
    path("register/<str:code>/", points.detail, name="risk-point"),
    path("samples/", sampling.listing, name="sample-list"),
    path("samples/choose/", sampling.choose, name="sample-choose"),
    path("samples/add/<str:ledger>/", sampling.add, name="sample-add"),
    path("samples/<int:pk>/", sampling.detail, name="sample"),
    path("samples/<int:pk>/redraw/", sampling.redraw, name="sample-redraw"),
    path("samples/<int:pk>/items/<int:number>/", sampling.item, name="sample-item"),
    path("notices/", notices.listing, name="notices"),
    path("notices/read/", notices.mark, name="notices-read"),
    path("notices/preferences/", notices.preferences, name="notice-preferences"),
]
NAV = [
    Item("work-list", N_("待办"), "checklist", right="finding.view"),
    Item("finding-report", N_("上报问题"), "camera", right="finding.report"),
    Item("notices", N_("消息"), "bell"),
    Item("finding-list", N_("问题清单"), "flag", right="finding.view", group="findings"),
    Item("scan-list", N_("扫描"), "radar-2", right="scan.view", group="findings"),
    Item("sample-list", N_("审计抽样"), "checklist", right="sample.make", group="findings"),
    Item("risk-register", N_("风险清单"), "shield", right="risk_point.view", group="findings"),
    Item("parameter-list", N_("参数"), "adjustments-horizontal", right="parameter.view", group="findings"),
]
