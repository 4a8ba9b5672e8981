"""Makes `python -m leafletpress` the command `leafletpress`."""

import sys

from leafletpress.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
