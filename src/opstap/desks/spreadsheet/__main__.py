"""`python -m opstap.desks.spreadsheet match …`."""

import sys

from opstap.desks.spreadsheet.command import main

sys.exit(main())
