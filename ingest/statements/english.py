"""The English lexicon: the cues, and what headings, names and verbs of saying tell."""

from __future__ import annotations

from corpus.model import StatementKind as K
from ingest.statements.cues import BAD, CUES, GOOD, MEANS
from ingest.statements.lexicon import Label, Lexicon, Relayed, Sign, Table


def spelt(lines: str) -> str:
    """Patterns with "{bad}", "{good}" and "{means}" spelt out."""
    return lines.format(bad=BAD, good=GOOD, means=MEANS)


_SIGNS: dict[Label, Table] = {
    Sign.OUTCOME: {
        3: """
            ^ as a * result|outcome|consequence
            as a direct|natural result|consequence
            resulted|results|resulting|result in
            led|leads|lead|leading to
        """,
        2: """
            contributed|contributes|contribute|contributing to|in
        """,
        1: """
            consequently|thereby
            can|may|might|could|would * lead|result|contribute to|in
        """,
    },
    Sign.NOTHING: {
        5: """
            opinions|views expressed
            designations employed
            do|does not necessarily reflect|represent|imply
            to what extent|degree
            all rights reserved
            ^ objective|objectives|goal|goals|outcome|outcomes|output|outputs|activity|activities|purpose|indicator
        """,
        3: """
            aims|aim to|at
            is|are|was|were aimed at
            seeks|sought|seek to
            objective|objectives|goal|goals|purpose|mandate|aim|aims|intention * is|was|are|were to
            ^ contribute to
            : contribute to
            ultimate|overall|specific|general|main goal|objective|aim|purpose
            this section|subsection|chapter|annex|report|table|figure|study|brief|document
            the section|subsection|chapter|annex|table|figure
            figure|table|annex|box|graph compares|shows|presents|summarizes
            figure|table|annex|box|graph summarises|provides|illustrates|displays|lists
            figure|table|annex|box|graph # shows|presents|summarizes|summarises|provides|illustrates|displays|lists
            the evaluation|evaluators|evaluator|review|study|assessment used|conducted|interviewed
            the evaluation|evaluators|evaluator|review|study|assessment applied|reviewed|examined|covered
            meta - evaluation used|conducted|interviewed|applied|reviewed
            meta - evaluation examined|covered|assessed|scoring|follows|questions
            the evaluation|evaluators|evaluator|consultant|consultants|team will
            will be assessed|evaluated|interviewed|reviewed|measured|analysed|analyzed
            evaluation|assessment|review|study|survey was|were|is * conducted|carried|commissioned|undertaken|designed
            data|interviews|sample|responses|information was|were * collected|gathered|selected
            data|interviews|sample|responses|information was|were * analysed|analyzed|coded
            was|were analysed|analyzed|assessed|scored|coded in|against|using|on|according|by
            accounted|accounts|contributed for|to # * of * total|global|overall
            interviews|people|persons|staff were|was interviewed|consulted|surveyed
            stakeholders|informants|respondents|and were|was interviewed|consulted|surveyed
            interviews|questionnaires|surveys|questionnaire|survey|interview was|were|with
            below is|are
            see annex|section|chapter|page|box
            this is unfortunate|regrettable|no|not
            subjects|activities|topics|themes|issues|participants|targets|sectors|countries include|included|were|are
            ^ summary|list|overview|description|declaration of
            ^ overall results for
            ^ the following
            linked to : conclusion|conclusions|finding|findings
        """,
        2: """
            responsible for
            mandate~
            is|was|are|were funded|financed by
            carried out in
            under the management
            is|was|are|were composed|comprised|located|based|defined|founded
            included|includes|include|including a wide
            is|are defined
            comprises|consists of|four|three|two|several
            questionnaire~
            for the purposes|purpose of
            are keen
            specific objectives
            theory of change
            aimed|aiming to|at
            ^ assess|examine|determine|analyse|analyze the|whether|to|how|if
            refers|refer to
            intended users|use
            this question|component|criterion|item|indicator
        """,
        1: """
            ^ to
            according to article
            convention~
            extent to which
            questions|question
            sampling
            would|could help|gain|allow|enable|create|provide
        """,
    },
}

_NEUTRAL = """
    the|their|its|his|her|a need|needs to|for
    no need to|for
    urgent|basic|immediate need|needs to
    should be noted|mentioned|remembered|read|interpreted|given
    is|was|be important|worth|useful to note|mention|highlight|underline|stress|remember|recall
    is|was|be worth noting|mentioning
    must be noted|mentioned|remembered
    whether|how|if|what|who|when * should|must
    address|addressing|addresses|addressed|fill|filling|mitigate|overcome|tackle|reduce|prevent * gap|gaps
    address|addressing|addresses|tackle|tackling|combat|combating|prevent|preventing * {bad}
    address|addressing|addresses|mitigate|overcome|tackle|tackling * challenge|challenges|problem|problems|barriers
    identify|identifying * gap|gaps|challenges|problems|barriers|weaknesses
    not only|just|merely
    no|not major|significant|relevant difference|differences
    as well as
    to achieve|benefit|change|impact|raise
    this|that should be|come
    to promote|exchange|share|identify|promoting|exchange|sharing|of good|best practice|practices
    respond|responds|responding|response|responses * challenge|challenges|problem|problems
    as a result of
    in terms of
    at risk|risks
    lesson|lessons learned|learnt and|or|, good|best
    accountability|accountability, * learning
    learning and|or|, * decision|accountability|improvement
    rather than later|limiting|merely|only|just|simply
    without|no any|significant|major|serious * challenge|challenges|difficulties|problems|obstacles|delays
    required documentation|documents
    duration|length|period|time of * absence
    when|where|if there is|are|was|were no * system|strategy|policy|budget|funding|data|plan
    not|n't limited to
"""

_ANNOUNCING: dict[Label, Table] = {
    K.GOOD_PRACTICE: {
        1.5: """
            good|best|promising|effective|innovative|smart|positive practices|initiatives
            several|many|some|number|following|other|various|two|three|four * practices|innovations
            practices * have|were|proved|include|emerged
            examples|example of * good|best|promising|effective|innovative|successful|collaboration|cooperation
        """,
    },
}

_HEADINGS: dict[Label, Table] = {
    K.RECOMMENDATION: {
        3: """
            recommend~ \n recomendation~ \n way forward \n suggest~ \n next steps
            suggested|recommended|proposed actions|action|measures
            adjustments|improvements|changes for * future|next
        """,
    },
    K.LESSON: {
        4: "lesson~ \n learning points|from",
        1: "success|positive|enabling factors \n what we|was learned|learnt",
    },
    K.CHALLENGE: {
        2.5: """
            challenge~ \n constraint~|obstacle~|difficulty|difficulties|barrier~ \n weakness~|shortcoming~
            gap~ \n problem~ \n negative|limiting|hindering factor~|aspect~
        """,
    },
    K.RESULT: {
        1.5: "result~|achieve~|outcome~ \n impact \n benefit~",
        0.5: "finding~ \n effective~ \n conclusion~ \n evaluation",
    },
    K.GOOD_PRACTICE: {
        4: "good|best|promising|smart practice|practices",
        2: "innovation~|innovative \n strength~ \n how it works",
        0.5: "sustainability \n approach",
    },
    Sign.ASSESSED: {
        0.5: """
            finding~ \n conclusion~
            effective|effectiveness|efficient|efficiency|relevant|relevance|coherent|coherence|sustainable|sustainability|impact~
            factors \n enforcement \n influence
        """,
    },
    Sign.NOTHING: {
        3: """
            methodology|methods|method \n acronym~|abbreviation~ \n objective~|goal|goals|purpose \n contents
            who benefits \n list of \n sampling \n inception report
            mandate \n terms of reference \n bibliography|references \n disclaimer
            limitations of|to * evaluation|study
            interviews|interviewees \n questionnaire \n budget \n funding and resources \n data sources
            evaluation|guiding questions \n analytical|analysis framework \n evaluation matrix
            results matrix|framework \n interview|survey protocol|guide|tools|tool
            demographics \n acknowledgements|acknowledgement|acknowledgments
        """,
        1.5: """
            background|context|introduction|overview|scope|structure|about \n legal framework
            project description|summary|information
        """,
    },
}


ENGLISH = Lexicon(
    language="en",
    cues={
        kind: {weight: spelt(lines) for weight, lines in table.items()} for kind, table in {**CUES, **_SIGNS}.items()
    },
    neutral=spelt(_NEUTRAL),
    headings=_HEADINGS,
    negations=frozenset({"not", "no", "without", "never", "neither", "nor", "hardly", "barely", "n't"}),
    contrast=frozenset({"but", "yet"}),
    concession=frozenset({"although", "though", "while", "whilst", "whereas", "despite"}),
    anaphors=frozenset({"this", "these", "it", "they", "such"}),
    finite=frozenset(
        {"is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "can", "will", "would", "may"}
    ),
    relative=frozenset({"that", "which", "who", "whose", "whether", "if", "how", "where", "when", "as"}),
    expected="""
        expected|anticipated|projected|foreseen|likely|hoped|predicted to|that
        it is expected|anticipated|hoped|foreseen
        will|shall
        will be
        is|are|were intended|expected|planned|meant|designed to
        would be|allow|enable|lead|contribute|improve|help
        would * allow|enable|lead|contribute|improve|help|strengthen|increase|reduce
        intends|expects|hopes|plans to
        potential|possibility|opportunity to|of|for
    """,
    says=(
        "said|says|reported|reports|stated|noted|felt|feel|feels|believe|believed|believes|considered|deemed|"
        "mentioned|indicated|confirmed|confirm|expressed|explained|complained|argued|claimed|acknowledged|observed|"
        "appreciated|perceived|attested|agreed|emphasised|emphasized|stressed|described|told|shared|highlighted|interviewed"
    ),
    by="by",
    according="according to",
    speakers={
        "child-migrant": (
            "children|child|boys|girls|adolescents|youth|youths|migrants|migrant|returnees|returnee|refugees|"
            "beneficiaries|beneficiary|victims|survivors|parents|families|asylum-seekers|residents|resident|applicants|"
            "applicant"
        ),
        "partner-authority": (
            "government|governments|authorities|authority|officials|official|ministry|ministries|police|partners|"
            "partner|stakeholders|stakeholder|donors|donor|judges|teachers|municipality|municipalities|embassy|"
            "counterparts"
        ),
        "implementer": (
            "csos|cso|ngos|ngo|staff|team|offices|office|cos|ros|missions|mission|volunteers|coordinators|coordinator|"
            "managers|manager|implementers|organisations|organizations|organisation|organization|societies|delegates"
        ),
        "unclear": "respondents|respondent|interviewees|interviewee|informants|informant|participants|workers",
    },
    being="be|been|being|is|are|was|were",
    governing="for|of|on|about|with|to|against|among|towards|toward|from|by|in|between|concerning|regarding",
    relayed=Relayed(
        heard="surveyed|interviewed|consulted|questioned|polled",
        tell=(
            "note|report|state|say|mention|indicate|express|explain|argue|acknowledge|observe|appreciate|perceive|"
            "stress|emphasise|emphasize|describe|agree|consider|highlight|suggest|recommend|propose|request|want|see|"
            "find|think|suggested|recommended|proposed|requested|thought|asked|wished|rated|saw|found"
        ),
        views="suggestions|views|opinions|perspectives|feedback|answers|comments|wishes|proposals",
        of="of|from|by",
        given="to|for|on|about|evaluation",
        surveys="survey|surveys|questionnaire|questionnaires|consultation|consultations|interviews",
        answers="results|responses|answers|report|findings|summary|feedback",
    ),
    parts=(
        "most|many|some|all|one|none|each|both|half|third|quarter|majority|minority|number|share|proportion|"
        "percent|%|few|several|group|groups|sample|rest|two|three|four|five|six|seven|eight|nine|ten|dozens|"
        "hundreds"
    ),
    following=(
        "who|that|which|and|or|in|from|of|at|with|under|on|aged|have|has|had|do|does|did|also|often|all|both|"
        "themselves|themself|herself|himself|never|not|n't|even|still|then|between|during|within|without|across|"
        "as|via|whose|were|are|was|is|always|sometimes|may|can|could|would|will|living|staying|attending|"
        "receiving|using|benefiting|working|travelling|traveling|participating|woman|women|man|men|girl|girls|"
        "boy|boys|mother|mothers|father|fathers"
    ),
    announcing=_ANNOUNCING,
)
