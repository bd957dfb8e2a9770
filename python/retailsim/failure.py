"""The one exception that retailsim raises of its own."""

from __future__ import annotations

from typing import Literal

Kind = Literal["wrong_usage", "data_refused", "unreachable", "corrupt_data", "interrupted"]


class Failure(Exception):  # noqa: N818  (the program's own word for it)
    """Something outside the code stopped the work.

    Attributes:
        kind: ``wrong_usage`` (a scenario, an argument or an existing output), ``data_refused``
            (more rows quarantined than allowed), ``unreachable`` (storage or network),
            ``corrupt_data`` (what was read is not what was promised) or ``interrupted``.
        hint: what helps, or an empty text.
    """

    def __init__(self, what: str, kind: Kind, hint: str = "") -> None:
        super().__init__(what)
        self.kind = kind
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.args[0]}\nhint: {self.hint}" if self.hint else str(self.args[0])

    def __reduce__(self) -> tuple[type[Failure], tuple[str, Kind, str]]:
        return (Failure, (self.args[0], self.kind, self.hint))
