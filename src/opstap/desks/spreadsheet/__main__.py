"""`python -m opstap.desks.spreadsheet match …`."""

import gc
import sys

from opstap.desks.spreadsheet.command import main

gc.disable()  # the command lives for seconds and makes no cycles: collecting would cost a fifth of its time
sys.exit(main())
