"""The command `leafletpress`, as it is installed."""

import sys

from leafletpress.cli.main import main


def run() -> int:
    """Run the command line of this process."""
    return main(sys.argv[1:])
