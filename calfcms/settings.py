"""All settings, from the environment only. Every variable is described in docs/settings.md."""

from pathlib import Path
from typing import Any

import environ
from django.templatetags.static import static
from django.urls import reverse_lazy

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# Local mode is for one person on one machine: demonstration accounts may exist, and only loopback
# addresses are answered, so that a deployment which forgets SECRET_KEY serves nobody.
SECRET_KEY = env.str("SECRET_KEY", default="")
CALFCMS_LOCAL = env.bool("CALFCMS_LOCAL", default=not SECRET_KEY)
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK_HOSTS if CALFCMS_LOCAL else env.list("ALLOWED_HOSTS", default=[])
SECRET_KEY = SECRET_KEY or "local-mode-only-" + "0" * 50
DEBUG = env.bool("DEBUG", default=False)

INSTALLED_APPS = [
    *(["calfcms.local"] if CALFCMS_LOCAL else []),
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "reversion",
    "calfcms.api",
    "calfcms.jobs",
    "calfcms.accounts",
    "allauth",
    "calfcms.accounts.apps.AllauthAccountConfig",
    "allauth.mfa",
    "calfcms.publishing",
    "calfcms.notices",
    "calfcms.feedback",
    "calfcms.syndication",
    "calfcms.search",
    "conditions",
    "triage",
]

MIDDLEWARE = [
    "calfcms.api.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "calfcms.api.middleware.ApiMiddleware",
    "calfcms.api.middleware.PagesMiddleware",
]
PAGES_MIDDLEWARE = [  # for people with browsers; the API does without (docs/decisions/0030)
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "calfcms.api.security.PagePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "calfcms.accounts.middleware.SessionEndMiddleware",
    "calfcms.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "calfcms.urls"
WSGI_APPLICATION = "calfcms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "calfcms.accounts.frame.frame_log_in",
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'calfcms.sqlite3'}")
}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE and WAL, concurrent writers fail with "database is locked".
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728;"
        ),
    }
else:
    # The queries of every read are prepared once per connection (docs/decisions/0009).
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "prepare_threshold": env.int("DB_PREPARE_THRESHOLD", default=3),
    }
_database["CONN_MAX_AGE"] = None  # one connection for each thread of the server

# Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
FORMAT_MODULE_PATH = ["calfcms.formats"]
USE_TZ = True
CALFCMS_DEFAULT_LOCALE = env.str("DEFAULT_LOCALE", default="en")

# Security ------------------------------------------------------------------------------------

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not CALFCMS_LOCAL
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds after the log-in: one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0)
if env.bool("BEHIND_HTTPS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [  # these look into MIDDLEWARE only, not into PAGES_MIDDLEWARE
    "admin.E408",
    "admin.E409",
    "admin.E410",
    "security.W002",
    "security.W003",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes

# Log-in: docs/accounts.md ---------------------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
# A passkey, or a password and a code. A deployment cannot do without; local mode may ask for it.
SECOND_FACTOR_REQUIRED = not CALFCMS_LOCAL or env.bool("SECOND_FACTOR_REQUIRED", default=False)
ACCOUNT_ADAPTER = "calfcms.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; Django's checks ask for it
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "calfcms.accounts.forms.AddPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # PIN or biometrics: a passkey alone is two factors
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CALFCMS_LOCAL
MFA_TOTP_ISSUER = "calfcms"
MFA_TOTP_TOLERANCE = 1  # clocks may differ by half a minute
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by administrators
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
CACHES = {  # in the database, so that all processes count failed log-ins together
    "default": {
        "BACKEND": "calfcms.accounts.cache.SharedCache",
        "LOCATION": "accounts_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Static files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = None if CALFCMS_LOCAL else BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = CALFCMS_LOCAL

# API -----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "calfcms.api.problems.handle_exception",
}

# Calls a minute of one address without a key, and of one key; 0: as many as it likes.
ANONYMOUS_CALLS_PER_MINUTE = env.int("ANONYMOUS_CALLS_PER_MINUTE", default=600)
KEY_CALLS_PER_MINUTE = env.int("KEY_CALLS_PER_MINUTE", default=1200)

SPECTACULAR_SETTINGS = {
    "TITLE": "calfcms",
    "DESCRIPTION": (
        "Patient information about medical conditions, exactly as a named clinician signed it, "
        "and triage that agrees with it. Information, not a diagnosis."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVERS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "The key of a partner. What everybody may read needs none.",
            }
        }
    },
}

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # empty: nobody reads /metrics

# Background work and e-mail ------------------------------------------------------------------

WORKER_MAX_LAG = env.int("WORKER_MAX_LAG", default=0)  # seconds; 0: not checked
_first_host = (ALLOWED_HOSTS or ["localhost"])[0].lstrip(".")
SITE_URL = env.str(
    "SITE_URL", default="http://127.0.0.1:8000" if CALFCMS_LOCAL else f"https://{_first_host}"
).rstrip("/")
vars().update(
    env.email_url("EMAIL_URL", default="consolemail://" if CALFCMS_LOCAL else "smtp://localhost:25")
)
EMAIL_TIMEOUT = 20  # seconds; far less than the lease of a job
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="calfcms@localhost")

# Publishing ----------------------------------------------------------------------------------

BREAK_GLASS_MAX_HOURS = env.int("BREAK_GLASS_MAX_HOURS", default=72)
WITHDRAW_OVERDUE_AFTER_DAYS = env.int("WITHDRAW_OVERDUE_AFTER_DAYS", default=0)  # 0: never

# Webhooks and caches: docs/webhooks.md, docs/deploy/README.md -----------------------------------

WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])
PURGE_URLS = env.list("PURGE_URLS", default=[])
PURGE_METHOD = env.str("PURGE_METHOD", default="POST")
PURGE_TOKEN = env.str("PURGE_TOKEN", default="")

# Uploaded files ------------------------------------------------------------------------------

# Receipts of triage: secrets that sign them, the newest first; receipts of the others stay good.
RECEIPT_KEYS = env.list("RECEIPT_KEYS", default=[]) or [SECRET_KEY]
# Whether triage still answers, with a mark, once a review of its protocol is overdue.
TRIAGE_WHEN_OVERDUE = env.str("TRIAGE_WHEN_OVERDUE", default="mark")  # or: refuse
TRIAGE_LOG_DAYS = env.int("TRIAGE_LOG_DAYS", default=0)  # 0: evaluations are not logged

MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
MEDIA_URL = env.str("MEDIA_URL", default=f"{SITE_URL}/media/").rstrip("/") + "/"

# Admin ---------------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "calfcms",
    "SITE_HEADER": "calfcms",
    "SITE_SUBHEADER": "local demonstration" if CALFCMS_LOCAL else "",
    "DASHBOARD_CALLBACK": "calfcms.publishing.admin.home.describe_home",
    "ACCOUNT": {
        "navigation": [
            {"title": "Change password", "link": reverse_lazy("account_change_password")},
            {"title": "Second factor", "link": reverse_lazy("mfa_index")},
        ]
    },
    "SITE_SYMBOL": "verified",
    "SITE_FAVICONS": [{"rel": "icon", "href": lambda _request: static("publishing/favicon.svg")}],
    "COLORS": {  # a calm green; the contrast of 600 and darker on white is above 4.5
        "primary": {
            "50": "#f0fdfa",
            "100": "#ccfbf1",
            "200": "#99f6e4",
            "300": "#5eead4",
            "400": "#2dd4bf",
            "500": "#14b8a6",
            "600": "#0f766e",
            "700": "#0f766e",
            "800": "#115e59",
            "900": "#134e4a",
            "950": "#042f2e",
        }
    },
    "SIDEBAR": {"navigation": "calfcms.navigation.list_navigation"},
    "STYLES": [lambda _request: static("publishing/desk.css")],
}

# Logs ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"httpx2": {"level": "WARNING"}},  # it logs whole addresses, secrets and all
}
