"""The practice page of the European Website on Integration (migrant-integration.ec.europa.eu)."""

from __future__ import annotations

from ingest.templates.labels import Template, keyed, keys

TEMPLATE = Template(
    name="european",
    fields=keyed({
        "summary": "Summary | Project goal | Goal | Goals | Project goals | Objective | Objectives | Aim",
        "problem": "Issue/challenge | Issue | Challenge | Background | Context | The problem",
        "caseload": "Who benefits | Beneficiaries | Target group",
        "steps": "How it works | How does it work | Activities | Implementation",
        "benefit": "Results | Result | Evaluation | Impact | Outcomes | Results and impact",
        "lessons": "Lessons learned | Key lessons",
        "what_failed": "Difficulties | Challenges | Obstacles",
        "recommendations": "Recommendations | Transferability | Replication",
        "innovation": "Innovation | What is new | Added value",
        "cost": "Funding and resources | Source of funding and resources used | Funding | Sources of funding | Budget |"
        "Resources",
        "partners": "Partners | Partner organizations | Partnership",
        "dates": "Project dates | Dates | Project duration | Duration | Period",
        "start": "Start date | Project start",
        "end": "End date | Project end",
        "scope": "Geographic area | Geographical area | Geographic scope | Location | Area",
        "country": "Country | Countries",
        "organisations": "Organization | Organizations | Lead organization | Implementing organization |"
        "Responsible organization",
        "donors": "Donor | Donors | Funder | Funders | Funded by",
        "position": "Position | Position in the organization | Role",
        "submitted": "Date submitted | Date posted | Posted on | Date of publication | Published",
        "private": "Contact person | Contact | Contact details | Contact information | Name | E-mail | Email |"
        "Telephone | Phone | Fax | Address | Posted by | Author",
        "aside": "About this good practice | About this integration practice | About this practice | Details |"
        "Website | Web site | Links | Attachment | Attachments | Tags | Print this page | Related content |"
        "More good practices | Newsletter",
    }),
    own=keys(
        "Project goal | Who benefits | How it works | How does it work | Funding and resources |"
        "Source of funding and resources used | About this good practice | About this integration practice |"
        "Project dates | Geographic area | Issue/challenge"
    ),
    least=5,
    least_own=3,
    named=keys("Summary | Results and impact | Innovation | Partners | Budget | The problem"),
)  # fmt: skip
