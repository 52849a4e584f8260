"""All routes with those of a provider, as they are where one is set."""

from django.urls import include, path

from shouwang.access.signin.urls import by_provider
from shouwang.urls import handler400, handler403, handler404, handler500
from shouwang.urls import urlpatterns as known

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [path("account/", include(by_provider)), *known]
