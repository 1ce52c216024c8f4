"""The English cues: the words by which each kind of statement gives itself away, with how much each one weighs.

The lists hold words of the evaluation trade, never a sentence of a report; what counts as a statement of which kind is
said in the vocabulary's scheme ``statement-kinds``.
"""

from __future__ import annotations

from corpus.model import StatementKind as K
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

CUES: dict[Label, Table] = {
    K.RECOMMENDATION: {
        3: """
            recommend|recommends|recommended that|to
            it is recommended|advisable|suggested|proposed
            it would be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable|wise|necessary
            it would * be worth|useful|important|beneficial|advisable|helpful|good|valuable|desirable
            is|are|be needed|required
            interviewees|respondents|informants|stakeholders|staff|participants suggested|recommended|proposed
            suggested|recommended|proposed that|to|the|more|improving|strengthening|increasing|providing|simplifying
            is|are|be encouraged|urged|invited|advised to
            there is * need to|for
            calls|call upon|for|on
            should
            should have a|an|the|dedicated|clear|sufficient|adequate|access|more|at|their|its
            must
            ought to
            we|evaluators|evaluation|team suggest~|recommend|recommends|propose~
        """,
        2: """
            need|needs to
            requires|require clearer|stronger|better|improved|dedicated|continued|sustained|further
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
            ^ to strengthen|develop|ensure|establish|improve|promote|enhance|expand|maintain|devise|design
            area|areas|room|scope for improvement|strengthening
        """,
        1: """
            consider~ the|how|a|ways
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
            key|critical|crucial|decisive|determining|success|enabling|important factor|factors
            factor|factors * success
            key to * success
            would|could|might|should have been
            would|could|might|should * have been
            would|could|might|should have
            would|could|might|should * have
            would|could|might|should 've
            success~ depends|depended
        """,
        2: """
            is|are|was|were|proved|proven * important|essential|crucial|critical|vital|key|indispensable
            is|are|was|were|proved|proven * instrumental|advantageous|paramount
            be|been important|essential|crucial|critical|vital|instrumental|key|indispensable
            is|are|was|were valuable|necessary|useful for|in|to|tool|tools
            as * valuable|important|useful|essential tool|tools|means|way
            illustrates|highlights|highlighted|underlines|underscores|underscored|shows|showed * importance|need|value
            it became|becomes clear|evident|apparent
            the importance of
            the need to * better
            highest|best|greatest|strongest where|when|if
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
        3: """
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
            dropped|shrank|plummeted
            decrease~ * {good}
            reduced|reduces|reducing * {good}
            resistance|reluctant|reluctance|mistrust|distrust
            unwilling~|dissatisfied|dissatisfaction|disappoint~|criticism~
            increase|increased|increases|increasing * {bad}
            {bad} increased|rose|grew|worsened|persist~
            persists|persisted|persist
            at the expense|cost of
            time - consuming
            seldom|rarely|rare|scarcely
            ^ few|neither|nor
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
    K.RESULT: {
        3: """
            targets|target|objectives|objective|goals * were|was|been met|achieved|reached|exceeded
            seen|saw their|its
            was|were|has|have|been successful|succeeded in
            positive|lasting|significant|measurable|direct impact|impacts|effect|effects|change|changes
            entered into force
            reduced|decreased|reduces|reducing|reduction|decrease|fewer|prevented|avoided|eliminated|lower * {bad}
            has|have|had|was|were|been|also|which|that increased|improved|enhanced|strengthened|raised {good}
            significantly|greatly|considerably increased|improved|enhanced|strengthened|raised {good}
            increased|improved|enhanced|strengthened|raised the|their|its|our {good}
            overcome|overcame|resolved|solved|remedied * challenge|challenges|problem|problems|obstacles|difficulties
            challenges|problems|obstacles|difficulties were|was * overcome|resolved|solved
            made|make|making * progress|strides|advances|contribution|difference
            record high
        """,
        2: """
            has|have|had * impact|effect on
            enabled|allowed|equipped|empowered|permitted|permitting * to
            improved|increased|strengthened|enhanced|expanded|doubled|tripled|raised|improving|strengthening
            benefit~|benefited|benefitted
            achieve~
            was|were|been adopted|approved|enacted|passed|ratified|signed|institutionalised|institutionalized
            adopted|approved|enacted|ratified|signed a|an|the|its|new
            adoption of
            thanks to
            trained|reached|assisted|supported|sensitised #
            sensitized|returned|reunified|reunited|registered|identified #
            # * trained|reached|assisted|supported|sensitised|sensitized|returned|reunified|reunited|registered
            # * participated|received|participants|beneficiaries|attended
            # * benefited|rescued|prosecuted|convicted|issued
            attended by *  #
            were|was|been|is|has * relevant|appropriate|effective|efficient|coherent|aligned
            was|were able to
            have|has|had been able to
            success~
            able to * access|obtain|secure
            total of
            rate of
            reported having|increased|improved
            satisfaction|satisfied
            raise|raised|raises|raising awareness
            highly|very|well|particularly relevant|satisfied|appropriate|effective|efficient|positive|valued
            gave|given|giving|provided * impetus|momentum
            laid|lays|laying * foundation|foundations|groundwork
            gains|improvement|improvements in|to|of
            strengths|positive|positively
            responded|responds|responding to * need|needs|demand|demands
            newly
            equipped with
            created|opened * space|opportunities|opportunity
            been|were|was adapted|used|adopted|replicated|scaled|taken|institutionalised by|up|in|into
            made|makes|making * aware
            opened * door|doors
            welcome|welcomed
            universally|widely endorsed|recognised|recognized|accepted|appreciated
            rehabilitated|hired|recruited|installed|constructed|built|distributed|disbursed
            trend|trends upward|positive
            highest|record
            greater|better|stronger|higher {good}
        """,
        1: """
            helped|helping
            developed|established|created|launched|produced|completed
            delivered|implemented|drafted|provided|conducted|facilitated
            organised|organized|hosted|held|sent|processed
            registered|issued|opened|granted|convicted|prosecuted|rescued
            extended|introduced|deployed|revised|updated|published|trained|assisted|removed|inspected|responded
            invaluable|beneficial|helpful|fruitful|valued|appreciated|useful
            result~
            impact~
            outcome~
            output~
            change~
            benefits
            at least|more|over|nearly|approximately|around #
            access
            to good purpose
            now
            synergies
            opportunities
            increasing|growing|grew|surge
            largely|generally|mostly|fully|successfully
        """,
    },
    K.GOOD_PRACTICE: {
        3: """
            good|best|promising|smart practice|practices such|like|is|was|example
            is|was|as * good|great|excellent|positive|useful|example|examples of
            worked|works|working well
            was|were|been|is|are praised|commended|appreciated|recognised|recognized
            well|highly * received|regarded|appreciated|grounded|connected
            one response|solution|way to
            another|one strategy|approach|solution|method|example
            good|great value|results|model
        """,
        2: """
            good|best|promising|smart practice|practices in|for|include|includes
            innovative|innovation~
            participatory
            jointly
            peer
            model for|of
            strength~ of
            good relationship|relationships|collaboration|cooperation|coordination|partnership
            strong emphasis
            cost - sharing
            handover|mentoring|mentorship
            in close collaboration|cooperation|partnership|consultation
            through * regular|joint|weekly|monthly|continuous
            regular|weekly|monthly|quarterly|joint meetings|exchanges|visits|consultations|sessions|monitoring
            combines|combined|combining|combine * with
            adapted to|through|based
            tailored|holistic
            child - friendly
            is an example
            toolkit|handbook|manual|guidelines|curricula * ensure|ensures|provide|provides|providing
            set|setting up
            effective|useful|successful|powerful tool|tools|practice|practices|approach|way|mechanism|model|strategy
            ^ adopting|using|involving|engaging|combining|linking|embedding|pairing
            adaptive|flexible management|approach|design|planning
            hands - on
            step - by - step
        """,
        1: """
            together with
            through the|their|its use|involvement|creation|establishment|engagement
            initiatives|tools|practices|mechanisms|measures like|such
            proved|proven|proving * effective|useful|successful|efficient
            in partnership|collaboration|cooperation|consultation|coordination with
            involve~
            strategy|strategies
            approach~|method~
            using|used|uses
            also became
            in order to
            so|thus as|that
            children|young|families themselves
            tool~
        """,
    },
}
