"""The product on a throwaway database, for measurements that need rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_product() -> Iterator[None]:
    """Start a PostgreSQL of our own with the product's tables, on the day of the demonstration; throw it away afterwards."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
    os.environ.pop("DATABASE_URL", None)  # never the database of somebody who happens to have one
    from door.database import test_database  # noqa: PLC0415 - found through the path above
    from door.whereabouts import Whereabouts  # noqa: PLC0415 - as above

    here = Whereabouts.here()
    with test_database(Whereabouts(root=here.root, environment=Path(sys.prefix), data=here.data)) as url:
        os.environ |= {"DATABASE_URL": url, "OPSTAP_MODE": "test", "OPSTAP_TODAY": "2023-09-01"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "opstap.config.settings"
        import django  # noqa: PLC0415 - the database is known only now

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - after setup

        from opstap.ui.catalogue import compile_catalogue  # noqa: PLC0415 - after setup

        compile_catalogue()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
