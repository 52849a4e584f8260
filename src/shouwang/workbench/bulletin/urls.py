"""Routes of the bulletin."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.bulletin import views
from shouwang.workbench.navigation import Item

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/file/", views.download, name="bulletin-file"),
    path("bulletins/template/", views.template_page, name="bulletin-template"),
    path("bulletins/template/file/", views.template_file, name="bulletin-template-file"),
]

NAV = [Item("bulletins", N_("简报"), "file-description", right="bulletin.view", group="figures")]
