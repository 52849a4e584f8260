"""All routes. Rooms with pages keep theirs in a ``urls.py`` of their own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("account/", include("shouwang.access.signin.urls"))]
if find_spec("shouwang.api"):
    urlpatterns.append(path("api/", include("shouwang.api.urls")))
    urlpatterns.append(path("connect/", include("shouwang.api.pages")))
if find_spec("shouwang.workbench"):
    urlpatterns.append(path("", include("shouwang.workbench.urls")))

handler400 = "shouwang.workbench.errors.bad_request"
handler403 = "shouwang.workbench.errors.forbidden"
handler404 = "shouwang.workbench.errors.not_found"
handler500 = "shouwang.workbench.errors.failed"
