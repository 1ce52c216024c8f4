"""The Spanish cues; see ``cues`` for how they are made.  Headings are compared without accents, so theirs have none."""

from __future__ import annotations

from corpus.model import StatementKind as K
from ingest.statements.lexicon import Lexicon, Relayed, Sign

SPANISH = Lexicon(
    language="es",
    cues={
        K.RECOMMENDATION: {
            3: """
                recomienda|recomiendan|recomendamos
                se recomienda|sugiere|propone|aconseja
                es|sería recomendable|aconsejable|necesario|importante
                es|sería conveniente|deseable|útil|indispensable|imprescindible
                es|sería * recomendable|aconsejable|necesario|conveniente|deseable
                debe|deben|debería|deberían|debiera|debieran
                hay|habría que
                podría|podrían * considerarse|contemplarse|estudiarse|explorarse
                sería|serían * útil|útiles|conveniente|convenientes|deseable|deseables|necesario|necesaria
                tiene|tienen que
                hace falta
                se insta|invita|exhorta|alienta a|al
                convendría
            """,
            2: """
                podría|podrían considerar|contemplar
                se requiere|requieren|necesita|necesitan
                es|son|sigue|siguen * necesario|necesaria|indispensable|imperativo|esencial
                en el futuro
                futuros|futuras|próximos|próximas proyectos|fases|programas|intervenciones
                ^ fortalecer|desarrollar|asegurar|garantizar|establecer
                ^ mejorar|promover|ampliar|adoptar|crear|continuar
                ^ proporcionar|fomentar|invertir|asignar|facilitar
                ^ integrar|involucrar|priorizar|elaborar|capacitar|impulsar
                ^ aclarar|incrementar|aumentar|apoyar|revisar|armonizar
                ^ mantener|definir|dotar|incluir|diseñar|realizar
                necesidad|necesidades de mejorar|fortalecer|contar
            """,
            1: "^ evaluar|explorar|examinar|estudiar|identificar|sensibilizar|considerar",
        },
        K.LESSON: {
            3: """
                lección|lecciones aprendida|aprendidas
                la experiencia muestra|demuestra|confirma|sugiere|indica
                factor|factores * clave|éxito|determinante|determinantes
                habría|habrían|hubiera|hubieran * sido|permitido|podido|mejorado
            """,
            2: """
                es|son|fue|fueron|ha|han|resultó|resulta|sido * esencial|crucial|fundamental
                es|son|fue|fueron|ha|han|resultó|resulta|sido * clave|determinante|decisivo|vital
                la importancia de|del
                la necesidad de
                depende|dependen|dependió de|del|en
                juega|juegan|jugó un papel|rol * importante|crucial|clave|fundamental|central
                jugaron|desempeña|desempeñó un papel|rol * importante|crucial|clave|fundamental|central
                muestra|muestran|demuestra|demuestran|subraya|subrayan que|la
            """,
            1: "permite|permiten \n confianza \n aprendizaje~ \n lección|lecciones",
        },
        K.CHALLENGE: {
            3: """
                falta|ausencia|carencia|escasez|insuficiencia de|del
                principal|principales|mayor|mayores desafío|desafíos|reto|retos
                principal|principales|mayor|mayores obstáculo|obstáculos|dificultad|dificultades
                desafío|desafíos|reto|retos|obstáculo|obstáculos importante|importantes
                desafío|desafíos|reto|retos|obstáculo|obstáculos principal|principales|significativos
                no * pudo|pudieron|logró|lograron|permitió|permitieron|alcanzó|alcanzaron
                no es|está|estaba|era|queda claro
                se vio|vieron|ha|han * obstaculizado|limitado|retrasado|comprometido
                se vio|vieron|ha|han * debilitado|afectado|limitada|afectada
            """,
            2: """
                desafío~|reto|retos|dificultad~|obstáculo~|limitación
                limitaciones|brecha~|debilidad~|deficiencia~|problema~|barrera~
                falta|ausencia|escasez|retraso|retrasos|demora|demoras|fracaso
                limitado|limitada|limitados|limitadas|escaso|escasa
                escasos|escasas|débil|débiles|frágil|precario|precaria
                dificulta|dificultan|dificultó|obstaculiza|obstaculizan|impide|impiden|impidió|limita|limitan|limitó
                insuficiente|insuficientes|inadecuado|inadecuada|incompleto|incompleta|desigual|desiguales
                lamentablemente|desafortunadamente
                no * cuenta|cuentan|existe|existen|hay|dispone|disponen|todos|siempre|suficiente
                carece|carecen de
                demasiado|poco|poca|pocos|pocas
                sigue|siguen|permanece|persiste|persisten * siendo|limitado|bajo|débil|problemas|brechas|desafíos
                deterioro|disminución|descenso|inestabilidad|inseguridad|rotación
            """,
            1.5: """
                sin embargo \n no obstante \n a pesar de|del \n solo|sólo|solamente|únicamente
                lentitud|complejidad
            """,
            1: "riesgo~ \n no \n rara vez \n costoso|costosa",
        },
        K.RESULT: {
            3: """
                objetivo|objetivos|meta|metas * alcanzado|alcanzados|alcanzada|alcanzadas
                objetivo|objetivos|meta|metas * cumplido|cumplidos|superado|superada
                permitió|permitieron|ha|han permitido|que|a|mejorar|fortalecer|aumentar|reducir|lograr
                impacto|impactos|efecto|efectos|cambio|cambios positivo|positivos|duradero
                impacto|impactos|efecto|efectos|cambio|cambios duraderos|significativo|significativos
                entró en vigor
                avances|progresos importantes|significativos|notables|logrados
            """,
            2: """
                contribuyó|contribuyeron|contribuido a|al|en
                mejoró|mejoraron|fortaleció|fortalecieron|aumentó|aumentaron|redujo|redujeron|facilitó|logró|lograron
                ha|han|haber * mejorado|fortalecido|aumentado|reducido|logrado|facilitado
                fueron|fue|sido * capacitados|capacitadas|asistidos|asistidas
                fueron|fue|sido * adoptado|adoptada|aprobado|aprobada|ratificado
                # * fueron|recibieron|participaron|beneficiaron
                se beneficiaron|benefició|benefician
                gracias a|al
                mejora|fortalecimiento|aumento significativa|significativo|notable|de|del|en
                pertinente|pertinentes|eficaz|eficaces|eficiente|eficientes|coherente|relevante
                éxito|exitoso|exitosa|exitosamente
                en total
                un total
                satisfechos|satisfechas|satisfacción
            """,
            1: """
                resultado~ \n impacto~ \n efecto~ \n acceso \n ahora
                estableció|creó|desarrolló|implementó|elaboró|organizó
            """,
        },
        K.GOOD_PRACTICE: {
            3: """
                buena|buenas|mejor|mejores práctica|prácticas
                buen|excelente ejemplo
                funcionó|funcionaron|funciona bien
                fue|fueron|ha|han|es|son * reconocido|reconocida|elogiado|valorado|valorada|apreciado|apreciada
            """,
            2: """
                innovador|innovadora|innovadores|innovadoras|innovación|innovaciones
                participativo|participativa|participativos|participativas
                conjuntamente
                en estrecha colaboración|coordinación|cooperación
                enfoque * holístico|participativo|integral|comunitario
                reuniones periódicas|mensuales|semanales|regulares
                pares
            """,
            1: "en colaboración|coordinación|alianza con \n enfoque~|método~ \n herramienta~",
        },
        Sign.OUTCOME: {
            3: """
                como resultado|consecuencia \n ha|han llevado|conducido a|al
                llevó|llevaron|condujo|resultó a|al|en \n se traduce en
            """,
            1: "por lo tanto|tanto \n en consecuencia",
        },
        Sign.NOTHING: {
            5: "en qué medida \n opiniones expresadas \n todos los derechos reservados",
            3: """
                busca|buscan|buscaba|pretende|pretenden|pretendía
                ^ contribuir a|al
                tiene|tienen|tuvo|tenía como|por objetivo|objeto|finalidad|propósito
                objetivo|objetivos|propósito|finalidad|meta * es|son|era|fue|fueron
                este|esta|el|la|presente informe|sección|capítulo|cuadro presenta|describe|resume|analiza
                este|esta|el|la|presente tabla|anexo|figura|estudio presenta|describe|resume|analiza
                la|esta evaluación|consultoría utilizó|adopta|adoptará|abarca|analizará|será|fue|se|examinará|cubre
                se realizaron|llevaron|aplicaron|entrevistó|entrevistaron
                datos|información * recopilados|recopilada|recolectados|recolectada|analizados|analizada
                teoría del cambio
                entrevista|entrevistas individuales|semi|semiestructuradas
                cuestionario~
                véase|ver anexo|sección|capítulo|cuadro|recuadro
                ^ objetivo|objetivos|resultado|resultados|producto
                ^ productos|actividad|actividades|indicador|indicadores
                ^ artículo
            """,
            2: """
                es|son responsable|responsables|encargado|encargada de|del
                financiado|financiada|ejecutado|ejecutada por
                de conformidad|acuerdo con|al|a
                está|están compuesto|compuesta|integrado|integrada|conformado|conformada
            """,
            1: "medida en que \n pregunta~ \n con el fin de",
        },
    },
    neutral="""
        hacer|enfrentar|abordar|superar|resolver * frente|desafíos|retos|obstáculos|problemas|dificultades
        prevenir|prevención|reducir|reducción|combatir * conflictos|violencia|riesgos|trata
        cabe señalar|destacar|mencionar|subrayar
        no solo|sólo|solamente
        si|cómo|qué|quién debe|deben|debería|deberían
        las|sus|los necesidades de|del
    """,
    headings={
        K.RECOMMENDATION: {3: "recomend~ \n sugerencia~ \n proximos pasos \n camino a seguir"},
        K.LESSON: {4: "leccion~|lecciones \n aprendizaje~", 1: "factores de exito"},
        K.CHALLENGE: {2.5: "desafio~|reto|retos|dificultad~|obstaculo~|limitacion~|brecha~|debilidad~|problema~"},
        K.RESULT: {1.5: "resultado~|logro~|efecto~|impacto~", 0.5: "hallazgo~|conclusion~"},
        K.GOOD_PRACTICE: {2: "buenas|mejores practicas \n innovacion~|innovador~ \n fortaleza~"},
        Sign.ASSESSED: {
            0.5: """
                hallazgo~|conclusion~|conclusiones
                eficacia|eficiencia|pertinencia|coherencia|sostenibilidad|impacto
            """,
        },
        Sign.NOTHING: {
            3: """
                metodolog~|metodo~ \n acronimo~|sigla~|abreviatura~ \n objetivo~|proposito|finalidad \n indice
                contenido
                lista de \n terminos de referencia \n informe inicial|inception \n bibliografia \n guia de entrevista~
                cuestionario~ \n muestreo|muestra \n matriz de evaluacion \n cronograma \n agradecimientos \n articulo
                limitaciones de la evaluacion|estudio \n alcance \n preguntas de evaluacion
            """,
            1.5: """
                contexto|introduccion|antecedentes|justificacion|presentacion|descripcion|resumen del proyecto
                marco legal
            """,
        },
    },
    negations=frozenset({"no", "sin", "ningún", "ninguna", "ninguno", "ni", "nunca", "tampoco"}),
    contrast=frozenset({"pero", "sino"}),
    concession=frozenset({"aunque", "pese", "mientras"}),
    anaphors=frozenset({"esto", "esta", "este", "estos", "estas", "ello", "dicho", "dicha"}),
    finite=frozenset(
        [
            "es",
            "son",
            "fue",
            "fueron",
            "era",
            "eran",
            "ha",
            "han",
            "había",
            "habían",
            "será",
            "serán",
            "puede",
            "pueden",
            "está",
            "están",
        ]
    ),
    relative=frozenset({"que", "quien", "quienes", "cuyo", "si", "cómo", "donde", "cuando"}),
    expected="""
        se espera|prevé|esperaba|anticipa que
        esperado|esperada|esperados|esperadas|previsto|prevista|previstos|previstas
        contribuirá|contribuirán|permitirá|permitirán|será|serán|beneficiará|beneficiarán|mejorará|fortalecerá
    """,
    says=(
        "dijo|dijeron|afirmó|afirmaron|indicó|indicaron|señaló|señalaron|consideran|considera|consideró|mencionó|mencionaron|"
        "explicó|explicaron|informó|informaron|reportó|reportaron|confirmó|confirmaron|expresó|expresaron|manifestó|"
        "manifestaron|destacó|destacaron|reconoció|reconocieron"
    ),
    by="por",
    according="según",
    speakers={
        "child-migrant": (
            "niños|niñas|niñez|adolescentes|jóvenes|migrantes|migrante|retornados|refugiados|beneficiarios|beneficiarias|"
            "víctimas|sobrevivientes|padres|madres|familias"
        ),
        "partner-authority": (
            "gobierno|gobiernos|autoridades|autoridad|ministerio|ministerios|policía|socios|contrapartes|donantes|donante|"
            "jueces|docentes|municipalidad|municipalidades|embajada|funcionarios"
        ),
        "implementer": (
            "ong|oim|personal|equipo|equipos|oficina|oficinas|misión|misiones|voluntarios|coordinadores|organizaciones"
        ),
        "unclear": "encuestados|entrevistados|entrevistadas|informantes|encuestadas|participantes",
    },
    being="es|son|era|eran|ser|sido|fue|fueron|será|serán|está|están",
    governing="para|de|del|sobre|con|a|al|contra|entre|hacia|por|en|ante",
    relayed=Relayed(
        heard="encuestado|encuestada|encuestados|encuestadas|entrevistados|entrevistadas|consultados|consultadas",
        tell=(
            "señalan|indican|mencionan|informan|reportan|expresan|opinan|piensan|creen|desean|piden|proponen|sugieren|"
            "recomiendan|explican|reconocen|destacan|afirman|sugirieron|propusieron|pidieron|recomendaron|opinaron"
        ),
        views="sugerencias|opiniones|propuestas|comentarios|puntos",
        of="de|del",
        given="a|al|para|sobre|evaluación",
        surveys="encuesta|encuestas|cuestionario|cuestionarios|consulta|consultas|entrevistas",
        answers="resultados|respuestas|informe|resumen|síntesis",
    ),
    parts=(
        "mayoría|mitad|tercio|cuarto|algunos|algunas|muchos|muchas|varios|varias|uno|una|cada|parte|%|grupo|muestra"
    ),
)
