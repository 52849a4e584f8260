"""Routes of the pages of ledgers."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.ledgers import attachments, catalogue, forms, household, imports, lists, record
from shouwang.workbench.navigation import Item

urlpatterns = [
    path("ledgers/", catalogue.catalogue, name="ledgers"),
    path("ledgers/<str:ledger>/", lists.ledger_list, name="ledger-list"),
    path("ledgers/<str:ledger>/template/", catalogue.template, name="ledger-template"),
    path("ledgers/<str:ledger>/export/", lists.export, name="ledger-export"),
    path("ledgers/<str:ledger>/save/", lists.save_view, name="ledger-view-save"),
    path("ledgers/<str:ledger>/drop/<int:pk>/", lists.drop_view, name="ledger-view-drop"),
    path("ledgers/<str:ledger>/add/", forms.add, name="ledger-add"),
    path("ledgers/<str:ledger>/check/", forms.check, name="ledger-check"),
    path("ledgers/<str:ledger>/<int:pk>/", record.record, name="ledger-record"),
    path("ledgers/<str:ledger>/<int:pk>/change/", forms.change, name="ledger-change"),
    path("ledgers/<str:ledger>/<int:pk>/delete/", record.delete, name="ledger-delete"),
    path("ledgers/<str:ledger>/<int:pk>/related/", record.others, name="ledger-related"),
    path("ledgers/<str:ledger>/<int:pk>/unmask/", record.unmask, name="ledger-unmask"),
    path("ledgers/<str:ledger>/<int:pk>/attach/", attachments.attach, name="ledger-attach"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/small/", attachments.small, name="attachment-small"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:key>/", imports.preview, name="import-preview"),
    path("imports/<uuid:key>/correct/", imports.correct, name="import-correct"),
    path("imports/<uuid:key>/commit/", imports.carry_out, name="import-commit"),
    path("imports/<uuid:key>/discard/", imports.discard, name="import-discard"),
    path("imports/<uuid:key>/rejected/", imports.rejected, name="import-rejected"),
    path("households/", household.household, name="household"),
]
NAV = (
    Item("ledgers", N_("台账"), "books", "ledger.view", "ledgers"),
    Item("household", N_("一户一档"), "users-group", "ledger.view", "ledgers"),
    Item("imports", N_("导入"), "file-import", "ledger.import", "ledgers"),
)
