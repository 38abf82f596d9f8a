"""The ids of our extensions of STIX 2.1: by them we know again what we wrote."""

from typing import Final

CLAIM_EXTENSION: Final = "extension-definition--1e6f9a3e-7c0d-5d0b-8d6c-6a1f0b7f4c51"
HARM_EXTENSION: Final = "extension-definition--8d3b2f70-2a5e-5f47-9f3e-0c9f7a6d1b62"
INCIDENT_EXTENSION: Final = "extension-definition--c5a1d9e4-94b7-5c2f-a0e8-3b7d5f2c8a73"
OURS: Final = frozenset({CLAIM_EXTENSION, HARM_EXTENSION, INCIDENT_EXTENSION})
