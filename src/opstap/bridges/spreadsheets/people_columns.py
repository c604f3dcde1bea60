"""The columns of a list of job seekers, with the spellings seen in exports of partners, cities and VDAB."""
# ruff: noqa: E501 - one column or code per line reads as the table that it is

from opstap.bridges.spreadsheets import words_of_sheets as words
from opstap.bridges.spreadsheets.columns import Column
from opstap.bridges.spreadsheets.parsers.codes import CodeParser, CodesParser
from opstap.bridges.spreadsheets.parsers.contact import parse_email, parse_phone
from opstap.bridges.spreadsheets.parsers.dates import parse_date, parse_past_date
from opstap.bridges.spreadsheets.parsers.half_days import parse_half_days
from opstap.bridges.spreadsheets.parsers.numbers import parse_national_number, parse_postcode
from opstap.bridges.spreadsheets.parsers.texts import parse_name, parse_text, parse_titles

PEOPLE_COLUMNS = (
    Column("client_number", "Klantnummer", parse_name, "klantnr|klant nr|nummer|nr|id|client|client number|clientnummer|dossiernummer|VDAB nummer|klantnummer VDAB|referentie|numéro client"),
    Column("national_number", "INSZ", parse_national_number, "rijksregisternummer|rijksregister|RRN|RR|INSZ nummer|INSZ-nr|NISS|national number|numéro national|registre national|BIS nummer"),
    Column("last_name", "Naam", parse_name, "achternaam|familienaam|last name|lastname|surname|nom|family name|naam klant|naam werkzoekende"),
    Column("first_name", "Voornaam", parse_name, "first name|firstname|prénom|prenom|given name|roepnaam|voornaam klant"),
    Column("full_name", "Naam en voornaam", parse_name, "volledige naam|naam voornaam|full name|nom et prénom|naam + voornaam|werkzoekende|kandidaat|naam, voornaam"),
    Column("birth_date", "Geboortedatum", parse_past_date, "geb datum|geb. datum|gebdatum|geboren|geboren op|date of birth|birth date|birthdate|dob|date de naissance|né le|geboorte datum"),
    Column("sex", "Geslacht", CodeParser(words.SEXES), "sex|gender|m/v|m/v/x|sexe|geslacht m/v"),
    Column("street", "Straat en nr", parse_name, "straat|adres|straat en nummer|straat + nr|address|street|rue|adresse|straatnaam"),
    Column("postcode", "Postcode", parse_postcode, "post code|pc|postnr|postnummer|zip|zip code|code postal|postal code"),
    Column("municipality", "Gemeente", parse_name, "woonplaats|stad|plaats|city|town|municipality|commune|localité|ville|woonplaats gemeente"),
    Column("neighbourhood", "Wijk", parse_name, "buurt|deelgemeente|neighbourhood|neighborhood|quartier|wijknaam|district"),
    Column("phone", "Gsm", parse_phone, "telefoon|tel|tel.|gsm nummer|gsm-nummer|mobiel|telefoonnummer|phone|mobile|téléphone|gsm nr|contactnummer|tel/gsm"),
    Column("email", "E-mail", parse_email, "email|mail|e-mailadres|emailadres|mailadres|email address|courriel|adresse mail"),
    Column("language", "Voorkeurtaal", CodeParser(words.LANGUAGES), "taal|moedertaal|contacttaal|language|langue|preferred language|spreektaal|voorkeurstaal"),
    Column("dutch_level", "Kennis Nederlands", CodeParser(words.DUTCH_LEVELS), "niveau Nederlands|Nederlands|NT2|NT2 niveau|taalniveau|taalniveau Nederlands|Dutch level|Dutch|niveau néerlandais|kennis NL|niveau NL|NL|kennis van het Nederlands"),
    Column("registered_since", "Ingeschreven sinds", parse_past_date, "inschrijvingsdatum|ingeschreven op|datum inschrijving|inschrijving|werkloos sinds|werkzoekend sinds|registered since|inscrit depuis|inschrijving VDAB|ingeschreven VDAB sinds"),
    Column("income", "Inkomen", CodeParser(words.INCOMES), "uitkering|inkomst|inkomen uit|soort inkomen|statuut|income|benefit|revenu|allocation|vervangingsinkomen|type uitkering"),
    Column("education", "Studieniveau", CodeParser(words.EDUCATION), "scholing|scholingsgraad|opleidingsniveau|diploma|education|niveau d'études|scholingsniveau|hoogste diploma"),
    Column("work_limitation_right", "Recht VOP/IMW", CodeParser(words.WORK_LIMITATION_RIGHTS), "VOP|IMW|VOP/IMW|recht op VOP|recht IMW|BTOM|recht op IMW|IMW recht", blank=""),
    Column("maatwerk_advice", "Advies maatwerk", CodeParser(words.MAATWERK_ADVICES), "maatwerkadvies|advies CMW|maatwerk|advies|indicatie maatwerk|maatwerk advies", blank=""),
    Column("licences", "Rijbewijs", CodesParser(words.LICENCES, keeps_others=True), "rijbewijzen|rijbewijs/attesten|attesten|licence|license|driving licence|permis|permis de conduire|rijbewijs en attesten", blank=()),
    Column("travel_mode", "Vervoer", CodeParser(words.TRAVEL_MODES), "vervoermiddel|vervoersmiddel|mobiliteit|verplaatsing|transport|travel|travel mode|mode de transport|vervoer naar werk"),
    Column("wishes", "Gewenste beroepen", parse_titles, "gewenst beroep|jobwens|jobwensen|wensen|beroepen|gewenste jobs|jobdoelwit|wishes|desired jobs|métiers souhaités|beroepswens|voorkeur", blank=()),
    Column("half_days", "Beschikbaar", parse_half_days, "beschikbaarheid|beschikbare dagen|halve dagen|wanneer|availability|available|disponibilité|disponibilités|werkdagen|beschikbaar op"),
    Column("limits", "Kan niet", CodesParser(words.LIMITS), "beperkingen|beperking|fysieke beperkingen|niet mogelijk|kan niet doen|limits|limitations|limitations physiques|aandachtspunten fysiek", blank=()),
    Column("counsellor", "Trajectbegeleider", parse_name, "begeleider|consulent|bemiddelaar|trajectbegeleid(st)er|counsellor|accompagnateur|coach|jobcoach|dossierbeheerder"),
    Column("referred_on", "Toegeleid op", parse_date, "toeleiding|datum toeleiding|toegeleid|aangemeld op|aanmelding|datum aanmelding|referred on|orienté le|verwezen op"),
    Column("remarks", "Opmerkingen", parse_text, "opmerking|nota|nota's|notities|commentaar|remarks|comments|notes|remarques|varia", blank=""),
)  # fmt: skip
"""Every column that the reader knows; an empty cell means "none" only where the column lists what applies (rights, licences, limits)."""
