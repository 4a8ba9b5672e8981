"""What was worked out of files, kept in the cache as JSON by the digests of these files; nowhere without a cache."""

import json
from typing import Any

from leafletpress.build.freshness.cache import Cache


class KeptAnswers:
    """Values of JSON by their keys."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache

    def get(self, key: str) -> Any:
        """The value of a key, None where it is not kept."""
        content = self._cache.get(key) if self._cache else None
        return None if content is None else json.loads(content)

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        if self._cache:
            self._cache.put(key, json.dumps(value, ensure_ascii=False).encode())
