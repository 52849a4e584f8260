"""Who I am to the API, and what I may."""

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from shouwang.access.scope import holdings
from shouwang.api.auth import needs

router = Router(tags=["me"])


class Me(Schema):
    """The user a token acts for, the posts they hold today, and what the token is limited to."""

    name: str
    posts: list[str]
    rights: list[str]
    subjects: list[str]
    expires: dt.datetime


@router.get("/me", response=Me, summary="令牌的身份与权限")
@needs("token.own")
def me(request: HttpRequest) -> Me:
    """Who the token acts for."""
    token = request.auth  # type: ignore[attr-defined]
    posts = [str(held.post) for held in holdings(request.user)]
    return Me(
        name=str(request.user),
        posts=posts,
        rights=token.rights,
        subjects=token.subjects or ["*"],
        expires=token.expires,
    )
