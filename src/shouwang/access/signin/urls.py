"""The routes of signing in: those of allauth's that have a use here.

There is no signing up, no resetting by e-mail and no managing of e-mail addresses: the administrator does it.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from shouwang.access.signin import provider, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", views.change_password, name="account_change_password"),
    path("factor/", mfa.index, name="mfa_index"),
    path("factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("factor/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
by_provider: list[URLPattern | URLResolver] = [
    path("oidc/<provider_id>/", provider.login, name="openid_connect_login"),
    path("oidc/<provider_id>/callback/", provider.callback, name="openid_connect_callback"),
    path("oidc-cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc-error/", social.login_error, name="socialaccount_login_error"),
    path("oidc-refused/", social.signup, name="socialaccount_signup"),
]
if settings.OIDC_SERVER:
    urlpatterns += by_provider
