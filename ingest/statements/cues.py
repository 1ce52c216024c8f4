"""The English cues: the words by which each kind of statement gives itself away, with how much each one weighs.

The lists hold words of the evaluation trade, never a sentence of a report; what counts as a statement of which kind is
said in the vocabulary's scheme ``statement-kinds``.
"""

from __future__ import annotations

from corpus.model import StatementKind as K
from ingest.statements.effects import EFFECTS
from ingest.statements.lexicon import Label, Table

BAD = (
    "risk|risks|delay|delays|violence|abuse|exploitation|trafficking|abduction|tension|tensions|conflict|conflicts|"
    "backlog|backlogs|cost|costs|burden|dropout|dropouts|mortality|gap|gaps|barriers|stigma|discrimination|"
    "vulnerability|vulnerabilities|isolation|stress|poverty|dependence|dependency|duplication|detention|errors|"
    "disparities|inequalities|misconceptions|prejudice|harm|fears|time|waiting|marriage|labour|labor|trauma"
)
"""What is good to see fall."""

GOOD = (
    "access|awareness|capacity|capacities|knowledge|skills|confidence|participation|enrolment|enrollment|attendance|"
    "coordination|cooperation|collaboration|quality|efficiency|effectiveness|visibility|trust|ownership|protection|"
    "understanding|transparency|accountability|resilience|consistency|coverage|integration|safety|wellbeing|income"
)
"""What is good to see rise."""

MEANS = (
    "ability|capacity|capacities|staff|staffing|personnel|funding|funds|resources|budget|budgets|support|scope|access|"
    "coverage|quality|motivation"
)
"""What it is bad to see cut."""

CUES: dict[Label, Table] = {
    K.RECOMMENDATION: {
        3: """
            recommend|recommends|recommended that|to
            it is recommended|advisable|suggested|proposed
            it would be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable|wise|necessary
            it would * be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable
            is|are|be needed
            is|are|remains|remain increasingly|urgently|still|also|clearly|badly|greatly needed|required
            could|might|may|would * be explored|envisaged|foreseen
            could|might|may|would * be considered ,|.|;|for|in|when|where|if|by|at|to|and|during|through|with|instead
            would * be helpful|useful|welcome|desirable|advisable|beneficial
            be required
            interviewees|respondents|informants|stakeholders|staff|participants suggested|recommended|proposed
            suggested|recommended|proposed that|to|the|more|improving|strengthening|increasing|providing|simplifying
            suggested|recommended|proposed introducing|adding|creating|using|extending|developing|setting|holding
            is|are|be encouraged|urged|invited|advised to
            there is * need to|for
            calls|call upon|for|on
            should
            should have a|an|the|dedicated|clear|sufficient|adequate|access|more|at|their|its
            must
            ought to
            is worth considering|exploring|examining|investigating
            more|greater|particular|special|further|due attention|emphasis|priority|consideration should|must
            we|evaluators|evaluation|team suggest~|recommend|recommends|propose~
        """,
        2: """
            need|needs to
            requires|require clearer|stronger|better|improved|dedicated|continued|sustained|further
            is|are required
            remains|is|are essential|necessary|imperative|required to|that
            could|might consider
            could usefully
            should * consider~
            has|have to be
            to be considered
            future projects|programmes|phases|interventions|programming should|could|must
            in future projects|programmes|phases
            it is time to
            ^ strengthen|develop|ensure|establish|conduct|improve|promote|enhance|expand|adopt|create
            ^ continue|consider|clarify|criminalize|criminalise|ratify|publish|allocate|increase|reinforce|set
            ^ provide|encourage|invest|allocate|facilitate|integrate|build|engage|introduce|prioritise|prioritize
            ^ amend|enact|harmonise|harmonize|institutionalise|institutionalize|scale|revise|update|maintain|support
            ^ follow up
            ^ to strengthen|develop|ensure|establish|improve|promote|enhance|expand|maintain|devise|design
            area|areas for improvement|strengthening
        """,
        1: """
            consider|considering the|how|a|ways
            priority should
            in future
            for any|all * future
            going forward
            that|which * should|must
            ^ assess|explore|examine|review|map
            further efforts|research|work|support
        """,
    },
    K.LESSON: {
        3: """
            key|main|important|valuable|central|major lesson|lessons
            lesson|lessons * was|is|are|were that
            learned|learnt that|how
            experience shows|suggests|showed|demonstrates|confirms|has
            key|critical|crucial|decisive|determining|success|enabling|important|significant factor|factors
            key|critical|crucial|decisive|determining|important element|elements|ingredient|ingredients|determinant~
            factor|factors * success
            key to * success
            would|could|might|should have been
            would|could|might|should * have been
            would|could|might|should have
            would|could|might|should * have
            would|could|might|should 've
            would|could|might|should have|'ve * improved|increased|strengthened|enhanced|enabled|allowed|ensured|helped
            success~ depends|depended
        """,
        2: """
            is|are|was|were|proved|proven * important|essential|crucial|critical|vital|indispensable
            is|are|was|were|proved|proven * key to|for|in
            is|are|was|were|proved|proven * instrumental|advantageous|paramount
            be|been important|essential|crucial|critical|vital|instrumental|key|indispensable
            is|are|was|were valuable|necessary|useful for|in|to|tool|tools
            as * valuable|important|useful|essential tool|tools|means|way
            illustrates|highlights|highlighted|underlines|underscores|underscored|shows|showed * importance|need|value
            it became|becomes clear|evident|apparent
            the importance of
            the need to * better
            highest|best|greatest|strongest where|when|if
            tend|tends to be more|less|better|stronger|higher|lower
            lesson|lessons that
            most|more|less effective|successful|useful|value when|where|if|way
            works|work|worked best
            depends|depended|depend * on|upon
            took stock of
            only works|succeed~|possible if|when|where
            without * would|could|cannot
            required|requires|takes * time|commitment|trust
            plays|played|play * crucial|important|key|vital|essential|central role
            realise~|realize~ that
            in hindsight|retrospect
        """,
        1: """
            shows|showed|demonstrates|demonstrated|illustrates|highlights|underlines that
            helps|help * to
            helping
            ensures|ensured
            lesson|lessons
            lesson|lessons learned|learnt
            learning
            takes|take|took time
            trust
            when * are|is involved
        """,
    },
    K.CHALLENGE: {
        4: """
            down from #
            # percentage points less|lower|below|fewer|down
        """,
        3: """
            there is|are|was|were little|limited|insufficient|few|hardly
            room|scope|need|needs for improvement|strengthening
            is|are|was|were * critical|important|major|significant|key gap|gaps|weakness|weaknesses|challenge|challenges
            has|have|had declined|decreased|dropped|fallen|worsened|deteriorated
            there was * need for|to
            was|were identified as * need|gap|challenge|problem|weakness
            fell|fall|falls|falling short
            major|main|key|biggest|significant|real|serious challenge|challenges|obstacle|obstacles
            major|main|key|biggest|significant|real|serious constraint|constraints|concern|concerns
            enormous|considerable|many|several|number challenges|difficulties|obstacles|problems|constraints
            did not manage|succeed|allow|lead|result|achieve|receive
            it is|was not|n't clear
            is|are|was|were unclear
            failure|failed|fails|fail to
            is|are|was|were * complicated|weakened|compromised|hampered|impeded|undermined|constrained|limited by
            lack of
            far too|from
            deserves|deserve|requires more|greater attention
            could|can * be * better|further|still|more|improved|strengthened|reinforced|enhanced|stronger
            would be better|further|more
            suffer~ from
            do|does|did not meet|comply|conform|protect|prohibit|criminalize|criminalise|provide|include|address
            do|does|did not * systematically|always|adequately|fully|sufficiently|clearly|proactively
            negatively|adversely impact~|affect~|influence~
            detract~ from
            prevented|prevents|prevent * from
            negative|adverse|harmful|detrimental impact|impacts|effect|effects|consequence|consequences|influence
            has|have|had * negative|adverse|harmful|detrimental impact|impacts|effect|effects|consequences on|for
            negative|unsatisfactory|low|lower|lowest|poor rating|ratings|score|scores
            rated|assessed|scored|judged negatively|poorly|unsatisfactory|low
            is|was|remains|remained|pose|poses|posed|posing|represents|constitutes a|an * challenge|constraint|barrier
            is|was|remains|remained|pose|poses|posed|posing|represents|constitutes a|an * obstacle|problem|limitation
            pandemic|covid * impacted|affected|delayed|disrupted|hampered|limited|slowed
            no * data|information|evidence|figures|records|statistics is|are|was|were * available|collected|kept
            reduced|reduces|reducing|reduction|reductions|cut|cuts|loss|lost * {means}
            making|made|makes * more|very|too difficult|complex|complicated|challenging|costly
        """,
        2: """
            lack~|lacking|lacked|lacks
            challenge~|challenging
            difficult~|difficulty|difficulties
            constrain~|constraint~
            obstacle~|barrier~|hurdle~|bottleneck~|impediment~|shortcoming~|weakness~|deficiency~|shortage~
            gap~
            hamper~|hinder~|impede~|undermine~|obstruct~|jeopardise~|jeopardize~
            insufficient~|inadequate~|unable|inability
            limited|limiting
            delay~
            unfortunately|regrettably
            under - represented|funded|staffed|resourced
            underrepresented|underfunded|understaffed|overstretched|overwhelmed|overburdened
            poor|weak coordination|cooperation|communication|capacity|quality|infrastructure|knowledge|access|systems
            frustrat~|frustrating
            not|n't always|systematically|sufficiently|adequately|fully|yet|enough|specifically|sometimes
            not|n't properly|appropriately|consistently|regularly|correctly|explicitly|effectively|well|formally
            without systematic|adequate|clear|proper|sufficient|appropriate|formal|further
            not|n't * clear|feasible|possible|available|visible|sufficient|adequate|aware|able|realistic
            no * system|strategy|policy|budget|funding|data|plan
            no in - depth
            too late|few|little|short|long|ambitious|broad|high|many|small
            absence|absent|missing
            failed|faltered|struggle~|struggling|suffered|uneven|inexperience
            no * baseline|mechanism|procedure|guidance|record|evidence|way|clear|real|formal|specific
            problem~
            remains|remain|remained * low|weak|limited|problem~|concern|unresolved|unclear|high|voluntary
            bottom of
            bureaucracy|bureaucratic
            turnover
            turn - over
            insecurity|instability
            inconsistent|inconsistently|inconsistency|inconsistencies|fragmented|fragmentation|discontinue~
            discontinuous|sporadic|irregular|incomplete|incoherent|incoherence|disparity~
            discrepancy~|mismatch~|disconnect~|duplicate~|duplication|ambiguous
            ambiguity|confusion|misunderstanding~|backlog~|shortfall~|setback~
            ineffective|inefficient|inefficiency|inefficiencies|unrealistic~|outdated
            obsolete|cumbersome|scarce|scarcity|precarious|fragile
            superficial~|vague|unfocused|unavailable|unavailability|unsustainable|unevenly|unmet|unresolved
            unsatisfactory|problematic|unaware|unfamiliar|underused|underutilized|underutilised|untapped|impossible
            cancelled|canceled|postponed|suspended|interrupted|stalled|overdue
            neglected|overlooked|ignored|omitted|forgotten
            worsen~|deteriorate~|exacerbate~|aggravate~|diminish~|weaken~|erode~
            decline~|declining
            downward
            criticism|criticisms|criticised|criticized
            lags|lagged|lagging behind
            high|large|significant|considerable share|percentage|proportion|number * not|lack|without
            prohibitive~|deter|deters|deterred|discourage~|exclude~|exclusion
            relies|rely|relied|reliant|relying more|mainly|largely|heavily|mostly|solely|entirely|primarily on|upon
            still largely|mostly|often|mainly|widely
            dropped|shrank|plummeted
            decrease~ * {good}
            reduced|reduces|reducing * {good}
            resistance|reluctant|reluctance|mistrust|distrust
            unwilling~|dissatisfied|dissatisfaction|disappoint~
            increase|increased|increases|increasing * {bad}
            {bad} increased|rose|grew|worsened|persist~
            persists|persisted|persist
            at the expense|cost of
            time - consuming
            seldom|rarely|rare|scarcely
            ^ few|neither|nor
            ^ rather than
            few|fewer|only * positive|positively
            variability
        """,
        1.5: """
            however|nevertheless|nonetheless
            in practice
            not|cannot|n't
            limits|limit
            instead of
            rather than
            only in|on|at|by|with|a|one|two|three|few|partially|partly|limited
            slow~|complex~|lengthy|burden~|overload~|heavy|costly|expensive
            overly
            only #
            superficial
            worst|lowest|fewer
            unclear
            drop~|decrease~
            poor|weak
            negative|negatively
            unequal|imbalance|biased|rigid|inflexible|uncertain|uncertainty|unpredictable|excessive|marginal|late
            less * than
            hard to
            overlap~
            compromise~
        """,
        1: """
            never|hardly
            had to
            issue|issues was|were|is|of|with
            concern~|complain~|regret~
            ad hoc
            risk~
            despite
            only
            slow|short
            shortness|slowness|complexity
            few|little
            still
            disrupt~
            loss
            forced
            depends largely|heavily|mostly
            dependent
            isolated
            varies|vary|variation~ * widely|significantly|considerably|greatly
            less likely
            while
            impacted
            pandemic|covid
        """,
    },
    **EFFECTS,
}
