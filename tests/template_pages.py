"""Made-up practice pages: the two known templates with other fields filled, and write-ups that follow none."""

from __future__ import annotations

PARAGRAPH = (
    "The mobile teams meet every newly arrived child within two days, explain the next steps in a language that the "
    "child speaks, and agree with the guardian who will do what until a place with a family is found."
)


def field(label: str, inner: str) -> str:
    return f'<div class="field"><div class="field__label">{label}</div><div class="field__item">{inner}</div></div>'


def icons(*alts: str) -> str:
    return "<ul>" + "".join(f'<li><img src="x.svg" alt="{alt}"></li>' for alt in alts) + "</ul>"


def page(title: str, main: str, site: str = "Practices of the world") -> bytes:
    nav = '<nav><a href="/">Home</a> <a href="/all">All practices</a></nav>'
    head = f'<html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title></head>'
    return f"<!doctype html>{head}<body>{nav}<main>{main}</main><footer>About us</footer></body></html>".encode()


GCM = page(
    "Family tracing across the lake",
    "<h2>Repository of Practices</h2><h1>Family tracing across the lake</h1>"
    + field("GCM Guiding Principles*", icons("Gender-responsive", "Whole-of-society approach", "Human rights"))
    + field("Primary GCM Objectives", icons("GCM Objective 8 - Save lives", "GCM Objective 12 - Screening"))
    + field("Secondary GCM Objectives", icons("GCM Objective 21 - Dignified return"))
    + field("Sustainable Development Goals (SDGs)", icons("SDG 5 - Gender equality", "SDG 10 - Reduced inequalities"))
    + field("Type of practice", "Partnership/Initiative")
    + field("Dates", "January 2019 – ongoing")
    + field("Geographic scope", "<div><b>Countries:</b> Uganda, Kenya</div><div><b>Regions:</b> Africa</div>")
    + field("Summary", f"<p>{PARAGRAPH}</p><h4>How it began</h4><p>It began with a boat that was lost. {PARAGRAPH}</p>")
    + '<div class="field"><div class="field__label">Organizations</div><h3>Main Implementing Organization(s)</h3>'
    "<p>Lake Rescue Network (LRN), Ministry of Labour, Youth and Children</p><h3>Detailed Information</h3>"
    f"<p>{PARAGRAPH}</p><h3>Partner/Donor Organizations</h3><p>Government of Norway<br>Lakeside Trust</p></div>"
    + field("Benefit and Impact", "")
    + field("Key Lessons", f"<ul><li>Boats first. {PARAGRAPH}</li><li>Radios next. {PARAGRAPH}</li></ul>")
    + field(
        "Recommendations<small>(if the practice is to be replicated)</small>",
        f"<ul><li>Ask the fishers. {PARAGRAPH}</li></ul>",
    )
    + field("Innovation", f"<p>Nobody had asked the fishers. {PARAGRAPH}</p>")
    + field("Date submitted:", '<time datetime="2022-03-02">2 March 2022</time>')
    + field("Contact person", "Ms. Jane Quill, jane@lake.example"),
)  # fmt: skip
"""Order, fields and values differ from any real page; benefit and impact is empty."""

EUROPEAN = page(
    "Cooking together",
    f"<h1>Cooking together</h1><p>{PARAGRAPH}</p>"
    f"<h2>Issue/Challenge</h2><p>Newcomers and neighbours did not meet. {PARAGRAPH}</p>"
    f"<h2>Goal</h2><p>That they meet. {PARAGRAPH}</p>"
    f"<h2>How does it work</h2><ul><li>A kitchen is rented. {PARAGRAPH}</li><li>Two cooks share it.</li></ul>"
    f"<h2>Results</h2><p>They met. {PARAGRAPH}</p>"
    f"<h2>Who benefits</h2><p>Young people who came alone. {PARAGRAPH}</p>"
    "<h2>Source of funding and Resources used</h2><p>The kitchen is co-financed by the Asylum, Migration and "
    "Integration Fund (AMIF) and by the City of Turku. It needs two cooks.</p>"
    "<h2>About this integration practice</h2><dl><dt>Position</dt><dd>Coordinator</dd><dt>Contact person</dt>"
    "<dd>Mr. Karl Pan</dd><dt>E-mail</dt><dd>karl@kitchen.example</dd><dt>Organisation</dt><dd>Kitchen ry</dd>"
    "<dt>Geographic area</dt><dd>Finland, Sweden</dd><dt>Project dates</dt><dd>2019 - 03/2021</dd></dl>"
    "<h3>Details</h3><dl><dt>Posted by</dt><dd>Olli Writer</dd></dl>",
)

FRENCH = page(
    "Maisons d’accueil de nuit",
    f"<h1>Maisons d’accueil de nuit</h1><p>{PARAGRAPH}</p><h2>1. Contexte</h2><p>{PARAGRAPH}</p>"
    f"<h2>2. Objectifs</h2><p>{PARAGRAPH}</p>"
    "<h2>3. Activités principales</h2><ul><li>Ouvrir la nuit.</li><li>Écouter.</li></ul>"
    f"<h2>4. Résultats obtenus</h2><p>{PARAGRAPH}</p><h2>5. Difficultés rencontrées</h2><p>{PARAGRAPH}</p>"
    f"<h2>6. Leçons apprises</h2><p>{PARAGRAPH}</p><h2>Budget</h2><p>40 000 EUR</p><h2>Pays</h2><p>Sénégal</p>"
    "<h2>Durée</h2><p>De mars 2018 à juin 2020</p>",
)


def chapter(title: str, told: str) -> str:
    names = ("Context", "Objectives", "Activities", "Results", "Challenges", "Lessons learned")
    return f"<h2>{title}</h2>" + "".join(f"<h3>{name}</h3><p>{told} {PARAGRAPH}</p>" for name in names)


COMPENDIUM = page(
    "Three ways to welcome",
    f"<h1>Three ways to welcome</h1><p>{PARAGRAPH}</p>"
    + chapter("A bus at night", "The bus.")
    + chapter("A boat by day", "The boat.")
    + chapter("A tent in between", "The tent."),
)

EVALUATION = page(
    "A look at the night bus",
    f"<h1>A look at the night bus</h1><h2>Executive summary</h2><p>{PARAGRAPH}</p>"
    + "".join(
        f"<h2>{name}</h2><p>{PARAGRAPH}</p>"
        for name in ("Context", "Objectives", "Activities", "Effectiveness", "Results", "Lessons learned")
    ),
)  # fmt: skip
"""Its headings are nearly those of a practice, but two are of an evaluation only."""
