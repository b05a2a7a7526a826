"""All settings; the environment decides, and `checks.py` names what is wrong with it."""

import os
from pathlib import Path

import django_stubs_ext
import drf_spectacular_sidecar
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib import environment
from ntm_portal.schedule import SCHEDULE

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")

# --- What the environment decides -------------------------------------------------
DEBUG = environment.flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or environment.kept_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", "")
BEHIND_TLS = environment.flag("BEHIND_TLS")
DATABASES = {
    "default": environment.database(
        os.environ.get("DATABASE_URL", ""), embedded=VAR_DIR / "portal.sqlite3"
    )
}

# --- Mail: files in VAR_DIR unless a server is named ---------------------------------
_mail = environment.mail_server(os.environ.get("EMAIL_URL", ""), embedded=VAR_DIR / "mail")
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail.backend, _mail.folder
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starts_tls, _mail.is_tls
EMAIL_TIMEOUT = 10  # a silent server keeps a worker no longer from the figures
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "NTM Portal <portal@localhost>"
# Mails are written where no request says by which name the portal is reached.
SITE_URL = environment.site_url(
    "SITE_URL", hosts=ALLOWED_HOSTS, is_tls=BEHIND_TLS, port=environment.number("PORT", 8000)
)

# --- Celery -----------------------------------------------------------------------
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost"
if CELERY_BROKER_URL.startswith("filesystem://"):
    BROKER_DIR = VAR_DIR / "broker"
    for _folder in ("messages", "control"):
        (BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "ntm_portal.lib.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
else:
    # Kombu would try a dead broker again for two seconds, while an officer waits for her save.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost message is swept up; a save never waits for a broker
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = SCHEDULE
# The task that rolls up what is stale. Named, not imported: the rooms that mark units stale
# lie below the room that rolls up.
ROLLUP_TASK = "programme.refresh_stale"
# Kinds of such work, and where each is written: the room that runs them lies below those.
JOB_KINDS = {
    "report": "programme.reports.making.REPORT",
    "values-push": "criteria.api.push_work.KIND",
}

# --- Applications -----------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "ntm_portal",
    "ntm_portal.accounts",
    "ntm_portal.mail",
    "ntm_portal.jobs",
    "ntm_portal.webhooks",
    "communes",
    "cooperatives",
    "ocop",
    "criteria",
    "programme",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ntm_portal.middleware.LanguageMiddleware",
    "ntm_portal.middleware.ApiUsageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ntm_portal.middleware.LoginRequiredKeepingInputMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "ntm_portal.urls"
WSGI_APPLICATION = "ntm_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ntm_portal.context_processors.frame",
            ],
            "builtins": ["ntm_portal.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["ntm_portal.accounts.backends.PersonWithRoles"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ntm_portal.accounts.views.refuse_forgery"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

FILE_UPLOAD_HANDLERS = [
    "ntm_portal.lib.uploads.receiving.RefuseLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000  # a grid without a script: 400 communes, 25 indicators

# --- What the programme leaves open -----------------------------------------------
# What is done to the mean of a council's scores before it is compared with the bands of OCOP.
OCOP_ROUNDING = os.environ.get("OCOP_ROUNDING") or "none"
PUBLIC_SITE = environment.flag("PUBLIC_SITE")  # pages that need no sign-in: off unless asked for

# --- Words, numbers, time -----------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = USE_TZ = True

# --- Static files -------------------------------------------------------------------
STATIC_URL = "static/"
# Of the sidecar only Swagger UI: Redoc would be five megabytes that no page asks for.
_SIDECAR = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
STATICFILES_DIRS = [BASE_DIR / "static", ("swagger-ui", _SIDECAR / "swagger-ui-dist")]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = DEBUG

# --- Cache: counts that may be lost; shared by all processes of this machine ----------
CACHE_URL = os.environ.get("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- API ----------------------------------------------------------------------------

API_RATE = environment.number("API_RATE", 600)  # requests a minute, by token or person
# Private networks, as CIDR, into which webhooks may be sent all the same, also without encryption.
WEBHOOK_NETWORKS = environment.words("WEBHOOK_NETWORKS", "")
PUBLIC_API_RATE = environment.number("PUBLIC_API_RATE", 60)  # by address of the internet
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ntm_portal.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["ntm_portal.accounts.permissions.MayAsk"],
    "DEFAULT_THROTTLE_CLASSES": ["ntm_portal.accounts.rates.RateThrottle"],
    "DEFAULT_FILTER_BACKENDS": ["ntm_portal.lib.api.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "ntm_portal.lib.api.StableCursorPagination",
    "DEFAULT_RENDERER_CLASSES": ["ntm_portal.lib.rendering.PageRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ntm_portal.lib.parsing.PlainJsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ntm_portal.lib.formats.FormatNegotiation",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "ntm_portal.lib.api.explain_refusal",
    "COERCE_DECIMAL_TO_STRING": True,
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is a verb like any other: the API is only read
    "URL_FORMAT_OVERRIDE": "format",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "NTM Portal API",
    "DESCRIPTION": "Units, rounds, assessments, summaries and targets of the National Target "
    "Programme on New Rural Development. See docs/api.md.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["ntm_portal.accounts.permissions.MayAsk"],
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_PATCH": False,  # what is sent with PATCH is not all optional
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ntm_portal.api.schema.complete",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DEFAULT_GENERATOR_CLASS": "ntm_portal.api.schema.EnglishGenerator",
    "ENUM_NAME_OVERRIDES": {
        "UnitLevelEnum": "communes.models.AdministrativeUnit.Level",
        "UnitKindEnum": "communes.models.AdministrativeUnit.Kind",
        "SuccessionKindEnum": "communes.models.Succession.Kind",
        "DesignationKindEnum": "communes.models.Designation.Kind",
        "ChangeKindEnum": "communes.change_models.Change.Kind",
        "SetLevelEnum": "criteria.models.sets.CriteriaSet.Level",
        "SetStandardEnum": "criteria.models.sets.CriteriaSet.Standard",
        "MeasureKindEnum": "criteria.models.sets.Measure.Kind",
        "MeasureComparatorEnum": "criteria.models.sets.Measure.Comparator",
        "RecognitionStandardEnum": "criteria.models.recognitions.Recognition.Standard",
        "RoundStatusEnum": "criteria.models.rounds.ReportingRound.Status",
        "JobStateEnum": "ntm_portal.jobs.models.Job.State",
        "AssessmentStatusEnum": "criteria.models.assessments.Assessment.Status",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.log_level("LOG_LEVEL", "INFO")},
}
