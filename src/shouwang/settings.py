"""Django settings. Whatever an office may want to change is an environment variable with a working default:

``SHOUWANG_HOME``
    the folder of this installation: database, keys, evidence, snapshots; ``var`` below the working directory.
``SHOUWANG_DATABASE``
    path of the SQLite database (``shouwang.sqlite3`` in the home), or ``postgres://user:password@host:port/name``;
    a server on a socket is ``postgres://user@/name?host=/folder/of/the/socket``.
    A scan of a folder needs no database and never opens it.
``SHOUWANG_LANGUAGE``
    ``zh-hans`` (default) or ``en``: of commands, and of pages until a user chooses.
``SHOUWANG_SECRET_KEY``
    signs sessions; by default the one that the first start makes and keeps in the home's ``keys.json``.
    ``SHOUWANG_SECRET_KEY_BEFORE`` holds earlier ones, comma-separated, while what they protect is still read.
``SHOUWANG_HOSTS``
    host names under which the pages are reached, comma-separated; ``127.0.0.1,localhost`` by default.
``SHOUWANG_HTTPS``
    ``1`` where a proxy in front speaks HTTPS: cookies are then sent over HTTPS only.
``SHOUWANG_PROXIES``
    how many proxies stand in front, whose word on the client's address is taken; 1 with ``SHOUWANG_HTTPS``.
``SHOUWANG_IDLE_MINUTES``, ``SHOUWANG_SESSION_HOURS``, ``SHOUWANG_SESSIONS``
    a user is signed out after 30 idle minutes, after 12 hours, and where they signed in longest ago when they
    sign in at a fourth place.
``SHOUWANG_LOCKOUT_ATTEMPTS``, ``SHOUWANG_LOCKOUT_MINUTES``
    after 5 wrong passwords a user name is shut out from that address for 15 minutes.
``SHOUWANG_OIDC_SERVER``, ``SHOUWANG_OIDC_CLIENT``, ``SHOUWANG_OIDC_SECRET``
    the office's own identity provider (OpenID Connect): its address, and what it calls us. Users sign in with
    it by their user name, which the claim ``SHOUWANG_OIDC_CLAIM`` (``preferred_username``) holds;
    ``SHOUWANG_OIDC_NAME`` is what the button says.
``SHOUWANG_SMTP``
    ``smtp://user:password@host:port`` or ``smtps://…`` for notices by e-mail; without it they are printed.
``SHOUWANG_MAIL_FROM``
    the address that notices come from.
``SHOUWANG_ROBOT_HOSTS``
    hosts besides DingTalk's, WeCom's and Feishu's own where group robots may be posted to, comma-separated.
"""

import os
from datetime import timedelta
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from shouwang.home import home, keys

PACKAGE = Path(__file__).resolve().parent

#: Rooms of the kernel that hold models, templates or management commands, low to high.
KERNEL_ROOMS = (
    "trail",
    "clock",
    "access",
    "inbox",
    "evidence",
    "ledger",
    "registry",
    "office",
    "fund",
    "snapshot",
    "risk",
    "indicator",
)

#: Rooms above the packs.
UPPER_ROOMS = ("workbench", "api")

#: The packs of this distribution. Others join through the entry point group ``shouwang.packs``.
PACKS = (
    "population",
    "assistance",
    "insurance",
    "microcredit",
    "integrity",
    "culture",
    "energy",
    "safety",
    "accounting",
)


def _is_built(package: str) -> bool:
    """Whether the package exists; a directory without ``__init__.py`` is none."""
    spec = find_spec(package)
    return spec is not None and spec.origin is not None


def installed_packs() -> list[str]:
    """Dotted names of the packs to install: ours first, then those of other distributions by name."""
    ours = [name for name in (f"shouwang.packs.{pack}" for pack in PACKS) if _is_built(name)]
    others = sorted(found.value for found in entry_points(group="shouwang.packs"))
    return ours + [name for name in others if name not in ours]


INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
    *(name for name in (f"shouwang.{room}" for room in KERNEL_ROOMS) if _is_built(name)),
    *installed_packs(),
    *(name for name in (f"shouwang.{room}" for room in UPPER_ROOMS) if _is_built(name)),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shouwang.access.signin.sessions.SessionLimits",
    "shouwang.access.middleware.ActorMiddleware",
    "shouwang.access.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "shouwang.access.signin.demands.Demands",
    "shouwang.workbench.middleware.HeadersMiddleware",
]

ROOT_URLCONF = "shouwang.urls"
WSGI_APPLICATION = "shouwang.wsgi.application"

SECRET_KEY = os.environ.get("SHOUWANG_SECRET_KEY") or keys().get("secret_key", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = os.environ.get("SHOUWANG_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS: list[str] = [f"https://{host}" for host in ALLOWED_HOSTS]
HTTPS = os.environ.get("SHOUWANG_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "shouwang.workbench.errors.csrf"

# Nothing of a page comes from elsewhere, and no script or style may stand in its text: what a ledger holds is
# shown and never run. A photo to be sent is shown from the browser's memory (blob:), small signs of the style
# sheet are in it (data:).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(address: str) -> dict[str, Any]:
    """The Django setting for a database address: a path (SQLite) or ``postgres://…``."""
    if address.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            # A database that went away and came back is found again at the next request.
            "CONN_HEALTH_CHECKS": True,
            # A server that no longer answers keeps nobody waiting for minutes.
            "OPTIONS": {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 60_000},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address,
        "OPTIONS": {
            # A transaction that reads first and writes later must own the lock from its start,
            # else two of them at once fail with "database is locked".
            "transaction_mode": "IMMEDIATE",
            # FULL: what was acknowledged survives even a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            # So many seconds a write waits for another one. Reads never wait; what need not wait asks for
            # less (shouwang.clock.busy).
            "timeout": 30,
        },
    }


DATABASES = {"default": database(os.environ.get("SHOUWANG_DATABASE") or str(home() / "shouwang.sqlite3"))}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "phone", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "shouwang.access.signin.passwords.AnotherOne"},
]
ACCOUNT_ADAPTER = "shouwang.access.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SHOUWANG_PROXIES") or ("1" if HTTPS else "0"))
MFA_ADAPTER = "shouwang.access.signin.adapter.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an e-mail address is for notices, not for signing in
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SECRET_KEY_FALLBACKS: list[str] = [
    key for key in os.environ.get("SHOUWANG_SECRET_KEY_BEFORE", "").split(",") if key
]

# A session ends with the browser, after idle time, and in any case after this time (seconds).
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(float(os.environ.get("SHOUWANG_SESSION_HOURS") or 12) * 3600)
SESSION_IDLE_SECONDS = int(float(os.environ.get("SHOUWANG_IDLE_MINUTES") or 30) * 60)
SESSIONS_AT_ONCE = int(os.environ.get("SHOUWANG_SESSIONS") or 3)

AXES_FAILURE_LIMIT = int(os.environ.get("SHOUWANG_LOCKOUT_ATTEMPTS") or 5)
AXES_COOLOFF_TIME = timedelta(minutes=float(os.environ.get("SHOUWANG_LOCKOUT_MINUTES") or 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_NEVER_LOCKOUT_GET = True
AXES_DISABLE_ACCESS_LOG = True  # the trail has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "login", "password", "password1", "password2", "oldpassword", "code"]
AXES_USERNAME_CALLABLE = "shouwang.access.signin.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "shouwang.access.signin.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "shouwang.access.signin.lockout.answer"

OIDC_SERVER = os.environ.get("SHOUWANG_OIDC_SERVER", "")
OIDC_USERNAME_CLAIM = os.environ.get("SHOUWANG_OIDC_CLAIM") or "preferred_username"
SOCIALACCOUNT_ADAPTER = "shouwang.access.signin.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would need a wider policy
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "office",
                    "name": os.environ.get("SHOUWANG_OIDC_NAME") or "OpenID Connect",
                    "client_id": os.environ.get("SHOUWANG_OIDC_CLIENT", ""),
                    "secret": os.environ.get("SHOUWANG_OIDC_SECRET", ""),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def mail(address: str) -> dict[str, Any]:
    """The Django settings for a mail server's address; without one, messages are printed."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if secure else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.port == 587,
        "EMAIL_TIMEOUT": 10,
    }


globals().update(mail(os.environ.get("SHOUWANG_SMTP", "")))
DEFAULT_FROM_EMAIL = os.environ.get("SHOUWANG_MAIL_FROM", "") or "shouwang@localhost"
#: Hosts besides the vendors' own where group robots may be posted to, comma-separated.
ROBOT_HOSTS: list[str] = [host for host in os.environ.get("SHOUWANG_ROBOT_HOSTS", "").split(",") if host]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "shouwang.workbench.storage.VersionedStaticFilesStorage"},
}
# Static files are served from where they are; there is no step that collects them.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours go before those of the libraries with the same names.
        "DIRS": [str(PACKAGE / "access" / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "string_if_invalid": "",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shouwang.workbench.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "en" if os.environ.get("SHOUWANG_LANGUAGE", "").lower().startswith("en") else "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
