"""What is taken along, read back: files, pages of paper, and what the trail says of it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader
from sqlalchemy import select

from models.ledger import AuditEvent
from portal.clock import now
from portal.days import day_of
from portal.db import reading, writing
from portal.ledger import first_fault
from tests.cast import World
from tests.commitments.builders import agreed
from tests.pages import Answer

FILES = ("overview.csv", "overview.xlsx", "overview.pdf")
MEDIATOR, TELCO, BANK = "mediator@peace", "liaison@telco", "liaison@bank"
DAY = timedelta(days=1)


def promised(world: World, *readers: str, **terms: Any) -> str:
    """A commitment in force since yesterday, due in 20 days; its reference."""
    said = {"at": now() - DAY, "due_on": (now() + 20 * DAY).date()} | terms
    with writing(world.sessions) as session:
        return agreed(session, world, *readers, **said).ref


def csv_of(answer: Answer) -> list[dict[str, str]]:
    """The rows of a CSV file by their heads."""
    assert answer.status == 200
    return list(csv.DictReader(StringIO(answer.body.decode("utf-8-sig"), newline="")))


def xlsx_of(answer: Answer) -> Worksheet:
    """The one sheet of an Excel file."""
    assert answer.status == 200
    sheet = load_workbook(BytesIO(answer.body)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def pdf_of(answer: Answer) -> list[str]:
    """The words of each page."""
    assert answer.status == 200
    return [page.extract_text() for page in PdfReader(BytesIO(answer.body), strict=True).pages]


def name_of(answer: Answer) -> str:
    """Under which name a file is to be saved; it is never shown."""
    kind, _, name = answer.headers["Content-Disposition"].partition("; filename=")
    assert kind == "attachment"
    return name.strip('"')


def exports(world: World) -> list[tuple[str, Any]]:
    """What the trail says of exports: reference and detail."""
    with reading(world.sessions) as session:
        rows = session.execute(
            select(AuditEvent.ref, AuditEvent.detail, AuditEvent.resource_type)
            .where(AuditEvent.verb == "export")
            .order_by(AuditEvent.id)
        ).all()
        assert first_fault(session) is None
    assert {row.resource_type for row in rows} <= {"commitments"}
    return [(row.ref, row.detail) for row in rows]


def today() -> str:
    """The day where the mediator is."""
    return day_of(now(), "Europe/Zurich").isoformat()
