"""Routes of the pages of people."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.navigation import Item
from shouwang.workbench.people import account, catalogue, posts, users

urlpatterns = [
    path("account/mine/", account.account, name="account"),
    path("account/mine/sign-out/", account.sign_out_elsewhere, name="account-sign-out"),
    path("account/mine/sign-out/<int:pk>/", account.sign_out_there, name="account-sign-out-there"),
    path("people/users/", users.listing, name="users"),
    path("people/users/add/", users.add, name="user-add"),
    path("people/users/<int:pk>/", users.detail, name="user"),
    path("people/users/<int:pk>/edit/", users.edit, name="user-edit"),
    path("people/users/<int:pk>/do/<slug:action>/", users.act, name="user-act"),
    path("people/posts/", posts.listing, name="posts"),
    path("people/posts/add/", posts.add, name="post-add"),
    path("people/posts/gaps/", posts.gaps, name="post-gaps"),
    path("people/posts/<int:pk>/", posts.detail, name="post"),
    path("people/posts/<int:pk>/edit/", posts.edit, name="post-edit"),
    path("people/posts/<int:pk>/appoint/", posts.appoint, name="post-appoint"),
    path("people/appointments/<int:pk>/end/", posts.end, name="appointment-end"),
    path("people/appointments/<int:pk>/hand-over/", posts.hand_over, name="appointment-hand-over"),
    path("people/roles/", catalogue.role_list, name="roles"),
    path("people/roles/<slug:code>/", catalogue.role, name="role"),
    path("people/areas/", catalogue.area_list, name="areas"),
    path("people/areas/add/", catalogue.area_add, name="area-add"),
    path("people/areas/<int:pk>/edit/", catalogue.area_edit, name="area-edit"),
    path("people/sign-ins/", catalogue.sign_ins, name="sign-ins"),
]
NAV = [
    Item("users", N_("用户"), "users", right="access.view", group="settings"),
    Item("posts", N_("岗位与任职"), "id-badge-2", right="access.view", group="settings"),
    Item("post-gaps", N_("缺岗与冲突"), "user-x", right="access.view", group="settings"),
    Item("roles", N_("角色与权限"), "shield-check", right="access.view", group="settings"),
    Item("areas", N_("区划"), "sitemap", right="access.view", group="settings"),
    Item("sign-ins", N_("登录记录"), "login", right="access.view", group="settings"),
]
