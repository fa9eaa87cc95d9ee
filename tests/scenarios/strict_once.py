"""The strict proxy before Discord, which looks at the same words only once: a program of its own.

Every scenario registers the same hundred commands and greets the same six people, and looking at a
message takes ten times as long as making it. Only what was found right is remembered.
"""

import json
import runpy
import sys
from collections.abc import Callable
from hashlib import blake2b

from jsonschema import Draft202012Validator

_WHOLE = "components"
"""Names the schema of a whole request; those of its parts are within."""


def remembering(look: Callable[..., bool]) -> Callable[..., bool]:
    """Return a check that asks `look` once for each schema and words."""
    right: set[tuple[int, bytes]] = set()

    def is_valid(self: Draft202012Validator, instance: object, *more: object) -> bool:
        if not isinstance(self.schema, dict) or _WHOLE not in self.schema:
            return look(self, instance, *more)
        words = json.dumps(instance, sort_keys=True).encode()
        key = (id(self), blake2b(words, digest_size=16).digest())  # the proxy keeps its validators
        if key not in right and look(self, instance, *more):
            right.add(key)
        return key in right

    return is_valid


if __name__ == "__main__":
    setattr(Draft202012Validator, "is_valid", remembering(Draft202012Validator.is_valid))  # noqa: B010 - it is typed as final
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
