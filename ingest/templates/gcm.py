"""The page of the repository of practices of the Global Compact for Migration (migrationnetwork.un.org)."""

from __future__ import annotations

from ingest.templates.labels import Template, keyed, keys

TEMPLATE = Template(
    name="gcm",
    publisher="United Nations Network on Migration",
    fields=keyed({
        "objectives": "Primary GCM objectives | Secondary GCM objectives | Other GCM objectives | GCM objectives |"
        "Related GCM objectives | Global Compact objectives",
        "principles": "GCM guiding principles | Guiding principles | GCM principles | Principles",
        "sdgs": "Sustainable Development Goals | SDGs | Related SDGs",
        "dates": "Dates | Date | Duration | Period | Time frame | Timeframe | Implementation dates | Project dates",
        "start": "Start date | Date started | Starting date",
        "end": "End date | Date ended | Completion date",
        "type": "Type of practice | Practice type | Types of practice",
        "scope": "Geographic scope | Geographical scope | Regions | Sub regions | Subregions | Sub-national area",
        "country": "Countries | Country",
        "summary": "Summary | Summary of the practice | Description",
        "organisations": "Organizations | Main implementing organizations | Implementing organizations |"
        "Lead organization | Main implementing organization | Other implementing organizations",
        "detail": "Detailed information",
        "donors": "Partner/donor organizations | Partners/donors | Donor organizations | Donors | Donor/partner",
        "partners": "Partner organizations | Partners",
        "benefit": "Benefit and impact | Benefits and impacts | Impact",
        "lessons": "Key lessons | Lessons learned | Key lessons learned",
        "recommendations": "Recommendations | Recommendations for replication",
        "innovation": "Innovation | Innovations",
        "tools": "Additional resources | Related resources",
        "submitted": "Date submitted | Submitted | Submission date | Submitted on",
        "position": "Position | Contact position | Role of the contact person",
        "private": "Contact | Contact person | Contact details | Contact information | Focal point | E-mail | Email |"
        "Telephone | Phone",
        "aside": "Website | Websites | Links | Media | Photos | Videos | Share | Disclaimer | Related practices |"
        "More practices",
    }),
    own=keys(
        "Primary GCM objectives | Secondary GCM objectives | GCM objectives | GCM guiding principles |"
        "Main implementing organizations | Partner/donor organizations | Benefit and impact | Date submitted |"
        "Type of practice"
    ),
    least=5,
    least_own=3,
    named=keys("Summary | Benefit and impact | Key lessons | Recommendations | Innovation | Partners"),
)  # fmt: skip
