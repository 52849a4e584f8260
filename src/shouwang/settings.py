"""Django settings: the least that ledgers, migrations and a scan need.

Every value that an office may want to change is an environment variable with a working default:

``SHOUWANG_DATABASE``
    path of the SQLite database, ``var/shouwang.sqlite3`` below the working directory by default.
    A scan of a folder needs no database and never opens it.
``SHOUWANG_LANGUAGE``
    ``zh-hans`` (default) or ``en``.
``SHOUWANG_SECRET_KEY``
    needed as soon as anything is signed; there is no default that works, on purpose.
"""

import os
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

#: Rooms of the kernel that hold models, templates or management commands, low to high.
KERNEL_ROOMS = ("ledger", "registry", "snapshot", "risk", "indicator")

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
    *(name for name in (f"shouwang.{room}" for room in KERNEL_ROOMS) if _is_built(name)),
    *installed_packs(),
]

SECRET_KEY = os.environ.get("SHOUWANG_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("SHOUWANG_DATABASE", str(Path("var") / "shouwang.sqlite3")),
        "OPTIONS": {
            # A transaction that reads first and writes later must own the lock from its start,
            # else two of them at once fail with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "timeout": 20,
        },
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"string_if_invalid": ""},
    }
]

LANGUAGE_CODE = "en" if os.environ.get("SHOUWANG_LANGUAGE", "").lower().startswith("en") else "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
