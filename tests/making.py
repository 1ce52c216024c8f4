"""Made-up documents for tests: nothing here comes from a published source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

MARGIN = 72
BODY, NOTE, HEADING = 11, 8, 16
LEADING = 15


@dataclass(frozen=True)
class Part:
    """A heading with its paragraphs; ``note`` is a footnote to the first paragraph's last word."""

    heading: str
    paragraphs: Sequence[str]
    level: int = 1
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A report to write as PDF: cover, running header and footer, parts each on a new page."""

    title: str
    author: str
    cover: Sequence[str]
    parts: Sequence[Part] = field(default_factory=tuple)


REPORT = Report(
    title="Harbour Programme: Final Evaluation",
    author="Northlight Consulting",
    cover=("An independent external evaluation commissioned by the Harbour Foundation", "March 2021"),
    parts=(
        Part(
            "Executive Summary",
            (
                "The Harbour programme ran shelters for unaccompanied children who had been returned to Guatemala and "
                "Honduras between 2018 and 2020. Social workers met each child at the bus station and agreed a plan "
                "with the family before anyone went home. The evaluation visited four shelters and spoke with staff, "
                "families and local authorities about what had changed and what had not.",
                "The programme reunited 412 children with their families and trained 96 social workers in case "
                "management. It remains unclear whether the shelters can be paid for once the grant has ended.",
            ),
            note="The figures are taken from the programme's own monitoring records.",
        ),
        Part(
            "Shelter and care",
            (
                "Adolescents stayed in small houses with no more than twelve beds. A psychologist came twice a week "
                "and offered counselling to every newcomer. The houses worked best where a guardian had been "
                "appointed within the first ten days, because only then could the child enrol in school or see a "
                "doctor without a delay.",
                "The lack of foster families was the main obstacle. Two houses had to turn children away during the "
                "rainy season, when arrivals doubled within a few weeks and no other place was open to them.",
            ),
        ),
        Part(
            "Recommendations",
            (
                "The Ministry of Social Welfare should appoint a guardian for every unaccompanied child within five "
                "days of arrival.",
                "Harbour partners should agree a written handover plan with the municipality at least one year before "
                "the end of the grant.",
                "Donors should fund family-based care as well as shelters, so that siblings can stay together.",
            ),
            level=2,
        ),
        Part(
            "Lessons learned",
            (
                "One lesson is that training alone changes little: case workers used the new forms only where a "
                "supervisor looked at the files with them every month. Mentoring on the job proved more useful than "
                "a second workshop.",
            ),
        ),
    ),
)

AGENCY_PAGE = """<!doctype html><html lang="en"><head><title>Child help desks at border crossings | Agency</title>
<meta name="author" content="Southern Border Agency">
<meta property="article:published_time" content="2022-05-04"></head>
<body><nav><a href="/">Home</a> <a href="/all">All pages</a> <a href="/c">Contact</a></nav>
<div id="cookie-consent"><p>We use cookies to improve your visit. Accept all cookies?</p></div>
<main><h1>Child help desks at border crossings</h1>
<p>The agency opened help desks at six border crossings in Ethiopia and Kenya, where young people who travel alone can
ask a trained worker for advice, a telephone call home or a safe place for the night. Each desk keeps a short register
so that families who search for a missing child can be told whether the child has passed.</p>
<h2>What was learned</h2>
<p>Desks should be staffed by women and men in every shift. Girls came to a desk far more often when a woman was on
duty. Information leaflets were of little use: most children asked friends, not posters, for the way.</p>
<ul><li>Agree with border guards that a child's questions are confidential.</li>
<li>Keep the register on paper where the power supply is not reliable.</li></ul></main>
<aside><h2>Related pages</h2><a href="/x">Other</a></aside><footer>Copyright Agency</footer></body></html>
"""


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """A paragraph as lines no wider than ``width`` points."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def write_report(path: Path, report: Report) -> Path:
    """Write a report as PDF: one part a page, header "title", footer "page N" from the cover's 1 on."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.setTitle(report.title)
    canvas.setAuthor(report.author)
    width, height = A4
    canvas.setFont("Helvetica-Bold", 24)
    for n, line in enumerate(wrap(report.title, "Helvetica-Bold", 24, width - 2 * MARGIN)):
        canvas.drawString(MARGIN, height - 200 - n * 30, line)
    canvas.setFont("Helvetica", BODY)
    for n, line in enumerate((report.author, *report.cover)):
        canvas.drawString(MARGIN, height - 300 - n * 20, line)
    canvas.showPage()
    for number, part in enumerate(report.parts, start=2):
        _write_part(canvas, report.title, part, number)
    canvas.save()
    return path


def _write_part(canvas: Canvas, title: str, part: Part, number: int) -> None:
    width, height = A4
    canvas.setFont("Helvetica", 9)
    canvas.drawString(MARGIN, height - 40, title)
    canvas.drawCentredString(width / 2, 40, f"page {number}")
    size = HEADING - 2 * (part.level - 1)
    canvas.setFont("Helvetica-Bold", size)
    y = height - 90
    canvas.drawString(MARGIN, y, part.heading)
    canvas.bookmarkPage(part.heading)
    canvas.addOutlineEntry(part.heading, part.heading, level=part.level - 1)
    y -= 28
    for n, paragraph in enumerate(part.paragraphs):
        canvas.setFont("Helvetica", BODY)
        for line in wrap(paragraph, "Helvetica", BODY, width - 2 * MARGIN):
            canvas.drawString(MARGIN, y, line)
            end = MARGIN + stringWidth(line, "Helvetica", BODY)
            y -= LEADING
        if part.note and n == 0:
            canvas.setFont("Helvetica", 6)
            canvas.drawString(end, y + LEADING + 4, "1")
        y -= LEADING * 0.6
    if part.note:
        canvas.line(MARGIN, 100, MARGIN + 140, 100)
        canvas.setFont("Helvetica", 5)
        canvas.drawString(MARGIN, 90, "1")
        canvas.setFont("Helvetica", NOTE)
        canvas.drawString(MARGIN + 5, 86, part.note)
    canvas.showPage()
