"""Django with all that these routes need, and nothing else."""

import os

SECRET_KEY = "signs nothing here"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "django_peer.urls"
WSGI_APPLICATION = "django_peer.wsgi.application"
INSTALLED_APPS = ["django_peer"]
MIDDLEWARE = []
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["PGHOST"],
        "PORT": os.environ.get("PGPORT", ""),
        "NAME": os.environ["PGDATABASE"],
        "USER": os.environ["PGUSER"],
        # One connection for each thread, kept; a statement is prepared when it comes for the second time.
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
    }
}
