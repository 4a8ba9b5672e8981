"""Makes `python -m leafletpress` the command `leafletpress`."""

import sys

from leafletpress.cli.entry import run

if __name__ == "__main__":
    sys.exit(run())
