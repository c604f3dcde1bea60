"""The columns of the sheets that a roster is made from."""

from opstap.bridges.spreadsheets import words_of_sheets as words
from opstap.bridges.spreadsheets.columns import Column
from opstap.bridges.spreadsheets.parsers.clock import parse_clock, parse_weekdays
from opstap.bridges.spreadsheets.parsers.codes import CodeParser, CodesParser, Words
from opstap.bridges.spreadsheets.parsers.contact import parse_email, parse_phone_number
from opstap.bridges.spreadsheets.parsers.dates import parse_date
from opstap.bridges.spreadsheets.parsers.numbers import parse_count, parse_hours, parse_postcode
from opstap.bridges.spreadsheets.parsers.texts import parse_name, parse_titles

CONTRACTS = Words.of(vop="VOP", imw="IMW|individueel maatwerk", cmw="CMW|collectief maatwerk|maatwerk", other="ander|geen|overig")
YES_NO = Words.of(yes="ja|j|yes|x|waar", no="nee|neen|n|no|onwaar")

WORKERS_COLUMNS = (
    Column("number", "Nr", parse_name, "nummer|personeelsnummer|id|worker|no"),
    Column("last_name", "Naam", parse_name, "familienaam|achternaam|last name|nom"),
    Column("first_name", "Voornaam", parse_name, "first name|prénom"),
    Column("age", "Leeftijd", parse_count, "age|âge"),
    Column("birth_date", "Geboortedatum", parse_date, "geboren|geboren op|birth date"),
    Column("education", "Studieniveau", CodeParser(words.EDUCATION), "scholing|opleidingsniveau|education"),
    Column("status", "Statuut", CodeParser(CONTRACTS), "maatregel|status|statut"),
    Column("hours", "Uren per week", parse_hours, "uren/week|uren|contracturen|hours per week|hours"),
    Column("days", "Dagen", parse_weekdays, "werkdagen|contractdagen|days|jours"),
    Column("skills", "Kan", parse_titles, "vaardigheden|functies|kan al|skills|peut", blank=()),
    Column("wishes", "Wil leren", parse_titles, "leerdoelen|wensen|leerwensen|wishes|wants to learn", blank=()),
    Column("limits", "Mag niet", CodesParser(words.LIMITS), "beperkingen|kan niet|medisch|limits", blank=()),
    Column("licences", "Rijbewijs", CodesParser(words.LICENCES, keeps_others=True), "rijbewijzen|attesten|licences", blank=()),
    Column("neighbourhood", "Wijk", parse_name, "buurt|neighbourhood|quartier"),
    Column("municipality", "Gemeente", parse_name, "stad|woonplaats|municipality|commune"),
    Column("travel_mode", "Vervoer", CodeParser(words.TRAVEL_MODES), "vervoermiddel|verplaatsing|travel mode"),
    Column("email", "E-mail", parse_email, "email|mail|e-mailadres|courriel"),
    Column("phone", "Telefoon", parse_phone_number, "gsm|tel|telefoonnummer|gsm-nummer|mobiel|phone|mobile|téléphone"),
    Column("street", "Straat en nr", parse_name, "straat|adres|straat en nummer|address|street|rue|adresse"),
    Column("postcode", "Postcode", parse_postcode, "post code|postnummer|zip|code postal"),
    Column("hired_on", "In dienst sinds", parse_date, "in dienst|start|startdatum|hired on"),
    Column("last_day", "Uit dienst", parse_date, "einde contract|einddatum|contract tot|end of contract"),
)  # fmt: skip

DEMANDS_COLUMNS = (
    Column("member", "Lid", parse_name, "organisatie|gebruiker|member|membre"),
    Column("site", "Vestiging", parse_name, "werkplek|locatie|site|lieu"),
    Column("function", "Functie", parse_name, "functietitel|job|function|fonction"),
    Column("days", "Dag", parse_weekdays, "dagen|weekdag|day|jour"),
    Column("starts", "Van", parse_clock, "start|begin|beginuur|from"),
    Column("ends", "Tot", parse_clock, "einde|einduur|until|to"),
    Column("pause", "Pauze (min)", parse_count, "pauze|break|pause"),
    Column("minimum", "Minimum", parse_count, "min|minstens"),
    Column("wanted", "Gewenst", parse_count, "wens|wanted|ideaal"),
    Column("maximum", "Maximum", parse_count, "max|hoogstens"),
)  # fmt: skip

COACHES_COLUMNS = (
    Column("member", "Lid", parse_name, "organisatie|gebruiker|member"),
    Column("site", "Vestiging", parse_name, "werkplek|locatie|site"),
    Column("name", "Coach", parse_name, "begeleider|mentor|naam coach"),
    Column("days", "Dagen", parse_weekdays, "werkdagen|days"),
    Column("maximum", "Maximum werknemers", parse_count, "maximum|max|capaciteit|capacity"),
)  # fmt: skip

ABSENCES_COLUMNS = (
    Column("number", "Nr", parse_name, "nummer|werknemer|personeelsnummer|id"),
    Column("starts_on", "Van", parse_date, "vanaf|start|from"),
    Column("last_day", "Tot", parse_date, "tot en met|t/m|einde|until"),
    Column("reason", "Reden", parse_name, "soort|reason|motif"),
)  # fmt: skip

SITES_COLUMNS = (
    Column("member", "Lid", parse_name, "organisatie|member"),
    Column("site", "Vestiging", parse_name, "werkplek|site"),
    Column("municipality", "Gemeente", parse_name, "stad|plaats|municipality"),
    Column("neighbourhood", "Wijk", parse_name, "buurt|neighbourhood"),
    Column("is_seaside_shop", "Winkel aan de kust", CodeParser(YES_NO), "kustwinkel|zondag open|seaside shop"),
    Column("member_from", "Lid sinds", parse_date, "lid vanaf|member since"),
    Column("member_last_day", "Lid tot", parse_date, "lid tot en met|member until"),
    Column("closed_from", "Gesloten van", parse_date, "sluiting van|closed from"),
    Column("closed_last_day", "Gesloten tot", parse_date, "sluiting tot|closed until"),
)  # fmt: skip

FUNCTIONS_COLUMNS = (
    Column("function", "Functie", parse_name, "functietitel|function"),
    Column("demands", "Fysiek", CodesParser(words.LIMITS), "fysieke eisen|vraagt|physical", blank=()),
    Column("licences", "Rijbewijs", CodesParser(words.LICENCES, keeps_others=True), "rijbewijs nodig|attest|licence", blank=()),
    Column("is_unloved", "Onbemind", CodeParser(YES_NO), "niet geliefd|unloved"),
)  # fmt: skip

SHIFTS_COLUMNS = (
    Column("number", "Nr", parse_name, "nummer|number|werknemer|id"),
    Column("day", "Datum", parse_date, "dag|date|day"),
    Column("site", "Vestiging", parse_name, "werkplek|site"),
    Column("function", "Functie", parse_name, "function"),
    Column("starts", "Van", parse_clock, "vanaf|start|begin|from"),
)  # fmt: skip
