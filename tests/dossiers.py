"""Dossiers for the tests of exports: every kind of entry, a teaching pack, and texts that mean harm.  All made up."""

from __future__ import annotations

from corpus.citation import Words, card_of_practice
from corpus.model import Bibliography, Practice, Span
from webapp.exports.dossier import Answer, Dossier, Entry, EntryKind, Field, Part, Question, QuizItem

OPEN = "CC BY 4.0"
LONG = "The night desk answered every call, and the log shows it. " * 12

HARBOUR = Bibliography(
    id="harbour-evaluation",
    title="Quiet harbours: An evaluation of night desks",
    authors=("Amina Duru", "Lars Holm"),
    publisher="Harbour Institute (HI)",
    date="2021-03",
    language="en",
    url="https://example.org/harbours.pdf",
    document_type="evaluation-report",
    rights=OPEN,
)
CLOSED = Bibliography(
    id="lantern-study",
    title="Lanterns on the quay",
    organisations=("Lantern Network",),
    publisher="Lantern Network",
    date="2019",
    language="en",
    url="https://example.org/lanterns",
    document_type="evaluation-report",
)
ARABIC = Bibliography(
    id="arabic-guide",
    title="دليل العمل مع الأطفال",
    organisations=("شبكة المرفأ",),
    date="2022",
    language="ar",
    rights=OPEN,
    document_type="guidance",
)
RECORD = card_of_practice(
    Practice(
        id="night-desk", title="A night desk at the harbour", told={}, organisations=("Harbour Union",),
        last_checked="2026-05-01",
    )
)  # fmt: skip

QUOTATION = Entry(
    kind=EntryKind.PASSAGE,
    id="harbour-evaluation.p000000000001",
    work=HARBOUR,
    text="Desks that stayed open at night\nreached twice as many children <18 & their siblings.",
    language="en",
    span=Span(page=16, page_end=17, page_label="12", page_end_label="13"),
    section="Findings",
    address="https://kb.example.org/passages/harbour-evaluation.p000000000001",
    note="Use this in the opening.\n\nAsk the desk for later figures.",
    rights=OPEN,
)
CUT = Entry(
    kind=EntryKind.STATEMENT,
    id="lantern-study.s000000000002",
    work=CLOSED,
    text=LONG,
    language="en",
    span=Span(page=4, page_end=4),
    address="https://kb.example.org/statements/lantern-study.s000000000002",
)
RIGHTWARD = Entry(
    kind=EntryKind.PASSAGE,
    id="arabic-guide.p000000000003",
    work=ARABIC,
    text="يعمل الفريق مع الأطفال في المرفأ ليلا.",
    language="ar",
    section="مقدمة",
    rights=OPEN,
)
PRACTICE = Entry(
    kind=EntryKind.PRACTICE,
    id="night-desk",
    work=RECORD,
    title="A night desk at the harbour",
    text="Two workers keep a desk open from dusk to dawn.",
    fields=(
        Field(heading="Steps", lines=("Rent a room with two doors.", "Train the workers.")),
        Field(heading="Cost", lines=("EUR 40,000 a year.",)),
    ),
    language="en",
    rights=OPEN,
)
DOCUMENT = Entry(kind=EntryKind.DOCUMENT, id=HARBOUR.id, work=HARBOUR, title=HARBOUR.title, rights=OPEN)

BRIEF = Dossier(
    title="Night desks: what is known",
    introduction="Why desks at night?\n\nBecause boats land at night. See https://example.org/why.",
    author="M. Okoye",
    date="2026-11-20",
    address="https://kb.example.org/c/abc",
    parts=(
        Part(heading="What evaluations say", text="Two of them.", entries=(QUOTATION, CUT)),
        Part(heading="In Arabic", entries=(RIGHTWARD,)),
        Part(heading="Practices and documents", entries=(PRACTICE, DOCUMENT)),
    ),
)

PACK = Dossier(
    title="Teaching night work",
    date="2026-11-20",
    parts=(
        Part(heading="The harbour", role="case", entries=(PRACTICE,)),
        Part(role="lessons", entries=(QUOTATION, CUT), questions=(Question(text="Who was not reached?"),)),
    ),
    outcomes=("Plan a night shift", "Name two risks"),
    level="Case workers in their first year",
    duration="90 minutes",
    warning="Tells of children who were alone at night.",
    questions=(Question(text="What would you do first?", notes="Look for: a second exit."),),
    quiz=(
        QuizItem(
            text="When is the desk open?",
            answers=(Answer(text="By day"), Answer(text="At night", right=True)),
            explanation="From dusk to dawn.",
        ),
        QuizItem(
            text="Which two are needed?",
            answers=(Answer(text="Workers", right=True), Answer(text="A room", right=True), Answer(text="A boat")),
        ),
    ),
)

EVIL_WORK = ("../../evil", "javascript:alert(2)")
EVIL = ']]><script>alert(1)</script><!--"\'&amp; =HYPERLINK("http://evil.example") \x00\ud800 ../../etc/passwd'
HOSTILE = Dossier(
    title=EVIL,
    introduction=EVIL,
    author=EVIL,
    date="2026-11-20",
    language='en"><x>',
    address="javascript:alert(1)",
    parts=(
        Part(
            heading=EVIL,
            text=EVIL,
            entries=(
                Entry(
                    kind=EntryKind.PRACTICE,
                    id="../../evil",
                    work=Bibliography(id=EVIL_WORK[0], title=EVIL, authors=(EVIL,), url=EVIL_WORK[1], rights=OPEN),
                    title=EVIL,
                    text=EVIL,
                    fields=(Field(heading=EVIL, lines=(EVIL, EVIL)),),
                    language="x'><y",
                    section=EVIL,
                    address="javascript:alert(3)",
                    note=EVIL,
                    rights=OPEN + EVIL,
                    words=Words(said_by=EVIL),
                ),
            ),
            questions=(Question(text=EVIL, notes=EVIL),),
        ),
    ),
    outcomes=(EVIL,),
    level=EVIL,
    warning=EVIL,
    quiz=(QuizItem(text=EVIL, answers=(Answer(text=EVIL, right=True), Answer(text=EVIL)), explanation=EVIL),),
)  # fmt: skip
