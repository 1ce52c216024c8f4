"""Practice write-ups that follow no known template but have its headings, in English, French or Spanish.

Many reports have some of these headings.  A practice write-up is short, nearly all of its headings are such, it tells
what was done and what came of it, and it has no headings that only an evaluation or a study has.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.templates.labels import FACTS, Template, key_of, keyed, keys

WORDS_MAX = 6_000
"""A longer text is a report with chapters; the practice pages of agencies have 300 to 3,000 words."""

KNOWN_SHARE = 0.6
"""At least this part of the headings on the labels' own levels are labels."""

TEMPLATE = Template(
    name="general",
    fields=keyed({
        "summary": "Summary | Overview | In brief | At a glance | Description | Description of the practice |"
        "Abstract |"
        "Objective | Objectives | General objective | Specific objectives | Goal | Goals | Aim | Aims | Purpose |"
        "Aims and objectives | Goals and objectives | Project goal |"
        "Résumé | En bref | Présentation | Objectif | Objectifs | Objectif général | But |"
        "Resumen | En breve | Descripción | Objetivo | Objetivos | Objetivo general | Propósito",
        "problem": "Problem | The problem | Problem addressed | Context | Background | Background and context |"
        "Context and background | Context and problem | Issue | Issue/challenge | Challenge addressed | Rationale |"
        "Needs | Need | Why it was needed | Situation |"
        "Contexte | Problème | Problématique | Le problème | Contexte et justification | Justification | Besoins |"
        "Contexto | Problema | El problema | Antecedentes | Justificación | Necesidades",
        "preconditions": "Preconditions | Prerequisites | Conditions | Enabling factors | Enabling conditions |"
        "Success factors | Key success factors | Critical success factors | Factors of success | Legal framework |"
        "Conditions préalables | Facteurs de succès | Facteurs clés de succès | Facteurs de réussite |"
        "Cadre juridique |"
        "Condiciones previas | Factores de éxito | Factores clave de éxito | Marco legal | Marco jurídico",
        "steps": "Activities | Main activities | Key activities | Activities carried out | Implementation | Steps |"
        "How it works | How it worked | How does it work | Approach | Our approach | What we did | What was done |"
        "The practice | The intervention | Intervention | Process | Actions |"
        "Activités | Activités principales | Mise en œuvre | Mise en oeuvre | Démarche | Approche | Étapes |"
        "Comment ça marche | Ce qui a été fait | Actions menées | La pratique |"
        "Actividades | Actividades principales | Implementación | Ejecución | Puesta en marcha | Enfoque | Pasos |"
        "Cómo funciona | Qué se hizo | Acciones | La práctica",
        "timeline": "Timeline | Calendar | Calendrier | Cronograma | Calendario",
        "staff": "Staff | Team | Human resources | Staffing | Équipe | Personnel | Ressources humaines | Equipo |"
        "Personal | Recursos humanos",
        "caseload": "Target group | Target groups | Target population | Beneficiaries | Who benefits | Caseload |"
        "Reach |"
        "Groupe cible | Groupes cibles | Public cible | Bénéficiaires | Population cible |"
        "Grupo meta | Grupos meta | Población objetivo | Público objetivo | Beneficiarios | Destinatarios",
        "cost": "Budget | Cost | Costs | Funding | Funding and resources | Resources | Resources needed | Financing |"
        "Coût | Coûts | Financement | Ressources | Moyens |"
        "Presupuesto | Costo | Costos | Coste | Financiación | Financiamiento | Recursos",
        "partners": "Partners | Partnerships | Partners and stakeholders | Stakeholders | Stakeholders and partners |"
        "Partenaires | Partenariats | Parties prenantes | Socios | Aliados | Alianzas | Actores | Partes interesadas",
        "tools": "Tools | Materials | Tools and materials | Outils | Matériel | Herramientas | Materiales",
        "safeguards": "Safeguards | Safeguarding | Ethical considerations | Protection measures |"
        "Mesures de protection | Considérations éthiques | Salvaguardias | Medidas de protección",
        "childrens_part": "Child participation | Children's participation | Participation of children |"
        "Participation des enfants | Participación infantil | Participación de los niños |"
        "Participación de niños y niñas",
        "adaptations": "Adaptations | Adaptation | Adaptaciones",
        "benefit": "Results | Main results | Key results | Results and impact | Impact | Outcomes | Achievements |"
        "Outcomes and impact | Results achieved | Benefits | Benefit and impact | Evaluation |"
        "Monitoring and evaluation |"
        "Résultats | Résultats obtenus | Résultats et impact | Effets | Réalisations | Évaluation |"
        "Suivi et évaluation |"
        "Resultados | Resultados e impacto | Impacto | Logros | Evaluación | Seguimiento y evaluación",
        "lessons": "Lessons | Lessons learned | Lessons learnt | Key lessons | Key lessons learned | What we learned |"
        "What was learned | Leçons | Leçons apprises | Enseignements | Enseignements tirés | Leçons tirées |"
        "Lecciones | Lecciones aprendidas | Aprendizajes | Enseñanzas",
        "recommendations": "Recommendations | Replication | Replicability | Transferability |"
        "Potential for replication |"
        "Recommendations for replication | Scaling up | Replication and scaling up |"
        "Recommandations | Réplicabilité | Reproductibilité | Transférabilité | Réplication |"
        "Recomendaciones | Replicabilidad | Transferibilidad | Replicación",
        "innovation": "Innovation | What is new | Added value | Valeur ajoutée | Innovación | Valor añadido |"
        "Valor agregado",
        "what_it_took": "What it took | Sustainability | Sustainability and handover | Durabilité | Pérennité |"
        "Pérennisation | Sostenibilidad | Sustentabilidad",
        "what_failed": "Challenges | Main challenges | Difficulties | Obstacles | Constraints | Limitations |"
        "What failed |"
        "What did not work | Challenges and solutions | Challenges faced | Challenges encountered |"
        "Défis | Difficultés | Difficultés rencontrées | Contraintes | Limites |"
        "Desafíos | Dificultades | Retos | Obstáculos | Limitaciones | Restricciones",
        "when_not": "When it will not transfer | Limits of transferability | Where it will not work",
        "dates": "Dates | Duration | Period | Time frame | Timeframe | Project dates | Implementation period |"
        "Durée | Période | Fechas | Duración | Período | Periodo",
        "start": "Start date | Date de début | Fecha de inicio",
        "end": "End date | Date de fin | Fecha de finalización",
        "scope": "Geographic scope | Geographic area | Geographical scope | Location | Locations | Area | Region |"
        "Zone géographique | Lieu | Zone d'intervention | Ámbito geográfico | Ubicación | Lugar | Zona",
        "country": "Country | Countries | Pays | País | Países",
        "organisations": "Organization | Organizations | Implementing organization | Implementing organizations |"
        "Implementing agency | Implemented by | Lead organization | Implementing partner | Implementing partners |"
        "Organisation chef de file | Organisme | Mis en œuvre par | Organización | Organizaciones |"
        "Organización ejecutora | Organización responsable | Implementado por",
        "donors": "Donor | Donors | Funder | Funders | Funded by | Supported by | Bailleur | Bailleurs |"
        "Bailleurs de fonds | Financé par | Donante | Donantes | Financiado por",
        "type": "Type of practice | Practice type | Type de pratique | Tipo de práctica",
        "submitted": "Date submitted | Date of publication | Publication date | Published on",
        "position": "Position | Fonction | Cargo | Puesto",
        "private": "Contact | Contact person | Contact details | Contacts | Contact information | E-mail | Email |"
        "Telephone | Phone | Personne de contact | Coordonnées | Contacto | Persona de contacto | Teléfono | Correo",
        "aside": "Website | Links | References | Further reading | More information | Further information | Annex |"
        "Sources | Related content | Références | Pour en savoir plus | Liens | Referencias | Más información |"
        "Enlaces",
    }),
    own=frozenset(),
    least=6,
    least_own=0,
    named=keys(
        "Summary | Résumé | Resumen | Problem | The problem | Problème | Problema | El problema | Steps | Étapes |"
        "Pasos |"
        "Timeline | Staff | Caseload | Cost | Costs | Coût | Costo | Tools | Outils | Herramientas | Safeguards |"
        "Adaptations | Key lessons | Recommendations for replication | Innovation | Innovación | What it took |"
        "What failed | When it will not transfer | Benefit and impact"
    ),
)  # fmt: skip

OTHER_TYPES = frozenset({"evaluation-report", "synthesis", "law", "guidance", "plan", "brief"})
"""A title that names one of these types is not the title of a practice."""

_TOLD = 5
"""So many different text fields make a practice."""

_STUDIES_ONLY = keys(
    "Findings | Key findings | Main findings | Conclusion | Conclusions | Terms of reference | Executive summary |"
    "Evaluation questions | Evaluation methodology | Methodology of the evaluation | Evaluation criteria |"
    "Evaluation matrix | Limitations of the evaluation | Limitations of the study | Literature review |"
    "Research questions | Relevance | Effectiveness | Efficiency | Coherence | Management response |"
    "Constatations | Conclusions et recommandations | Termes de référence | Résumé exécutif | Pertinence | Efficacité |"
    "Hallazgos | Conclusiones | Términos de referencia | Resumen ejecutivo | Pertinencia | Eficacia | Eficiencia"
)


def is_practice(fields: Sequence[str], headings: Sequence[str], words: int) -> bool:
    """Whether labels of these fields, among these headings of their levels, make a practice write-up."""
    told = set(fields) - FACTS
    if words > WORDS_MAX or len(told) < _TOLD or "steps" not in told or not told & {"benefit", "lessons"}:
        return False
    found = [key_of(heading) for heading in headings]
    known = sum(key in TEMPLATE.fields for key in found)
    return known >= KNOWN_SHARE * len(found) and _STUDIES_ONLY.isdisjoint(found)
