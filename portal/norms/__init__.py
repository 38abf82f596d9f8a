"""The registry of norms: UN norms, pledges of companies, confidence-building measures.

All of them are voluntary. Each text is our own paraphrase with the official symbol beside it, and
says how far it was checked; a matter is only ever relevant to a norm.
"""

from portal.norms.registry import FRAMEWORKS, NORMS, Found, find, in_framework, label
from portal.norms.shapes import VERIFICATIONS, Framework, Norm

__all__ = [
    "FRAMEWORKS",
    "NORMS",
    "VERIFICATIONS",
    "Found",
    "Framework",
    "Norm",
    "find",
    "in_framework",
    "label",
]
