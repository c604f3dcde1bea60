"""The columns of a list of places and of a list of mentors."""
# ruff: noqa: E501 - one column or code per line reads as the table that it is

from opstap.bridges.spreadsheets import words_of_sheets as words
from opstap.bridges.spreadsheets.columns import Column
from opstap.bridges.spreadsheets.parsers.codes import CodeParser, CodesParser
from opstap.bridges.spreadsheets.parsers.contact import parse_email
from opstap.bridges.spreadsheets.parsers.dates import parse_date, parse_day_or_none
from opstap.bridges.spreadsheets.parsers.half_days import parse_half_days
from opstap.bridges.spreadsheets.parsers.numbers import parse_count, parse_enterprise_number, parse_hours, parse_postcode
from opstap.bridges.spreadsheets.parsers.texts import parse_name, parse_text, parse_titles

PLACES_COLUMNS = (
    Column("organisation", "Organisatie", parse_name, "gastorganisatie|host|organisation|werkgever|organisatie naam|naam organisatie|partner|bestuur"),
    Column("kind", "Soort", CodeParser(words.ORGANISATION_KINDS), "soort organisatie|type|type organisatie|kind|rechtsvorm|sector"),
    Column("enterprise_number", "KBO", parse_enterprise_number, "KBO nummer|KBO-nr|ondernemingsnummer|ondernemingsnr|BCE|BTW|enterprise number|numéro d'entreprise"),
    Column("site", "Vestiging", parse_name, "locatie|dienst|afdeling|site|werkplek|vestigingsplaats|lieu"),
    Column("address", "Adres", parse_name, "straat|straat en nr|address|adresse|straat + nr"),
    Column("postcode", "Postcode", parse_postcode, "pc|postnr|postnummer|zip|code postal"),
    Column("municipality", "Gemeente", parse_name, "stad|plaats|city|municipality|commune|ville"),
    Column("neighbourhood", "Wijk", parse_name, "buurt|deelgemeente|neighbourhood|quartier"),
    Column("function", "Functie", parse_name, "functietitel|job|beroep|functie titel|job title|title|fonction|rol|vacature"),
    Column("occupation_code", "ESCO", parse_name, "ESCO code|beroepscode|ISCO|occupation code|code beroep"),
    Column("tasks", "Taken", parse_text, "takenpakket|omschrijving|taakomschrijving|tasks|tâches|description"),
    Column("capacity", "Aantal plaatsen", parse_count, "aantal|plaatsen|aantal plekken|plekken|capaciteit|capacity|seats|nombre de places|# plaatsen"),
    Column("half_days", "Halve dagen", parse_half_days, "dagen|wanneer|werkdagen|half days|days|demi-jours|uurrooster|dagdelen|halve dagen per week"),
    Column("hours_per_month", "Uren per maand", parse_hours, "uren/maand|uren|aantal uren|hours per month|hours|heures par mois|u/maand"),
    Column("starts_on", "Van", parse_date, "start|vanaf|startdatum|begindatum|from|begin|start date|de|datum van"),
    Column("last_day", "Tot", parse_date, "tot en met|t/m|einddatum|einde|until|to|end|end date|jusqu'au|t.e.m."),
    Column("dutch_level", "Nederlands minimum", CodeParser(words.DUTCH_LEVELS), "Nederlands|niveau Nederlands|minimum Nederlands|taalniveau|Dutch level|min. niveau Nederlands|minimumniveau Nederlands|NT2"),
    Column("licences", "Rijbewijs", CodesParser(words.LICENCES, keeps_others=True), "rijbewijs nodig|attest|attesten|licence|permis|rijbewijs/attest", blank=()),
    Column("demands", "Fysiek", CodesParser(words.LIMITS), "fysieke eisen|fysieke belasting|belasting|physical|demands|exigences physiques|fysiek zwaar", blank=()),
    Column("teaches", "Leert", parse_titles, "competenties|leerdoelen|te leren|teaches|skills|compétences|leert competenties", blank=()),
    Column("instruments", "Instrument", CodesParser(words.INSTRUMENTS), "instrumenten|maatregel|statuut|instruments|mesure|soort plaats|GD/WES"),
    Column("mentor", "Mentor", parse_name, "naam mentor|begeleider|peter/meter|tuteur|mentor naam|werkbegeleider"),
)  # fmt: skip

MENTORS_COLUMNS = (
    Column("organisation", "Organisatie", parse_name, "gastorganisatie|host|organisation|werkgever|partner|bestuur"),
    Column("name", "Mentor", parse_name, "naam|naam mentor|name|nom|tuteur|begeleider|werkbegeleider"),
    Column("email", "E-mail", parse_email, "email|mail|e-mailadres|courriel"),
    Column("certified_on", "Mentoropleiding op", parse_day_or_none, "mentoropleiding|opleiding op|opleiding|attest op|datum opleiding|certified on|trained on|formation|opgeleid op"),
    Column("certified_until", "Attest geldig tot", parse_day_or_none, "attest tot|geldig tot|vervaldatum attest|attest vervalt op|certified until|valid until|valable jusqu'au"),
    Column("capacity", "Plaatsen", parse_count, "aantal plaatsen|maximum|max|capaciteit|aantal|places|capacity|max. lerenden"),
)  # fmt: skip
