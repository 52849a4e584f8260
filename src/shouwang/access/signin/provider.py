"""Signing in with the office's own identity provider (OpenID Connect): what is checked of its answer.

The library trusts an ID token that it fetched itself without looking at the signature, which the standard
allows behind TLS alone, and sends no nonce. In an office's network the provider is often reached without TLS,
so here the signature is always checked, by a key the provider publishes; the token must carry the nonce of
this very attempt; and what else the provider tells of the user must be about the one whom the token names.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any, Final
from urllib.parse import urlencode

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from shouwang.access.rights import OPEN, requires

NONCE: Final = "oidc_nonce"
"""Where the session keeps the nonce of the attempt that is under way."""
SIGNED_WITH: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
"""Signatures by a key pair; one made with a shared secret proves nothing here."""


class OfficeProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider as a client that takes nothing on trust."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The sign-in the provider tells of. OAuth2Error where its answer does not stand up."""
        nonce = request.session.pop(NONCE, "")
        stated = kwargs["response"].get("id_token")
        if not stated:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, stated)
        if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("not the nonce of this attempt")
        told = self._fetch_user_info(token.token)
        if not claims.get("sub") or told.get("sub") != claims["sub"]:
            raise OAuth2Error("the user's data are of somebody else")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims, "userinfo": told})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in SIGNED_WITH:
                raise OAuth2Error("the id_token is not signed with a key pair")
        except jwt.PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


@requires(OPEN)
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, with a nonce that its answer has to bear."""
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(OfficeProvider(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404(provider_id) from None
    if isinstance(answer, HttpResponseRedirect) and "client_id=" in answer.url:
        request.session[NONCE] = secrets.token_urlsafe(24)
        answer["Location"] += "&" + urlencode({"nonce": request.session[NONCE]})
    return answer


@requires(OPEN)
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(OfficeProvider(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404(provider_id) from None
    return answer
