"""What is filled in in the words that templates and the program put on paper."""

from collections.abc import Mapping

# The {names} that these words hold, each once; all other words hold none.
FILLED_IN: Mapping[str, frozenset[str]] = {
    key: frozenset(names.split())
    for key, names in {
        "behind": "count",
        "expired": "date",
        "version": "version",
        "written": "date",
        "approved": "date",
        "next_review": "date",
        "page": "page pages",
        "withdrawn": "date",
        "leaflets_found": "count",
        "code_nearest": "code",
        "copy_newer": "version",
        "level_now_number": "number",
        "phone_extension": "number extension",
        "opening_days": "first last",
        "range": "low high",
        "ratio": "part whole",
        "rate": "part whole",
        "per_hour": "dose",
        "per_day": "dose",
        "per_week": "dose",
    }.items()
}
