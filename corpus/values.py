"""What every object of the model is made of, and how independent a source is of the work it speaks of."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all value objects: immutable, compared by value, encoded with defaults left out."""


class Standing(StrEnum):
    """How independent a document is of the work it speaks of."""

    EXTERNAL = "external-evaluation"
    INTERNAL = "internal-evaluation"
    IMPLEMENTER = "implementers-account"
    RESPONSE = "management-response"
    GUIDANCE = "guidance-law"
    RESEARCH = "research"
    PLAN = "plan"
    UNKNOWN = "unknown"
