"""Builds the leaflets: python build_leaflets.py --help."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run the command; without its packages, say how to get them (exit code 4)."""
    if str(HERE) not in sys.path:  # where Python keeps the script's folder out (PYTHONSAFEPATH)
        sys.path.insert(0, str(HERE))
    try:
        from leafletpress.cli.main import main as command
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("leafletpress"):
            raise
        print(f"{error.name} is not installed: run script/setup, then script/build", file=sys.stderr)
        return 4
    return command(sys.argv[1:], checkout=HERE)


if __name__ == "__main__":
    sys.exit(main())
