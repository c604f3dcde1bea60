"""What invented people say and write in the simulated year, in Dutch as they would: many texts, so that nobody reads one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.journey.plans.enums import Focus

if TYPE_CHECKING:
    from opstap.config.simulation.luck import Luck

GOALS: tuple[tuple[Focus, str, str], ...] = (
    (Focus.WORK, "Elke werkdag op tijd komen", "Twee wekkers zetten en de bus van 8 uur nemen"),
    (Focus.LEARN, "Een taak leren doen zonder hulp", "Elke week één taak oefenen met de mentor"),
    (Focus.FIND_WORK, "Weten welk werk past", "Twee vacatures bespreken met de begeleider"),
    (Focus.DUTCH, "Beter Nederlands spreken", "Elke week naar de praattafel in de bibliotheek"),
    (Focus.WORK, "Vragen durven stellen", "Elke dag één vraag stellen aan een collega"),
    (Focus.LEARN, "Veilig werken met de machines", "De veiligheidskaart lezen en samen overlopen"),
    (Focus.FIND_WORK, "Een goede cv hebben", "De cv nakijken met de begeleider"),
    (Focus.WORK, "Een volledige werkdag volhouden", "Elke week een half uur langer werken"),
    (Focus.DUTCH, "De woorden van het werk kennen", "Tien nieuwe woorden per week opschrijven"),
    (Focus.FIND_WORK, "Een gesprek met een werkgever oefenen", "Twee keer een gesprek naspelen"),
    (Focus.LEARN, "Zelf het werk van de dag plannen", "'s Morgens de lijst maken met de mentor"),
    (Focus.WORK, "Verwittigen bij ziekte of te laat komen", "Het nummer van de mentor in de gsm zetten"),
)
"""What a goal is about, the goal, and the first step to it."""

PERSON_DECLINES = (
    "Ik zoek liever ander werk.",
    "De uren passen niet bij de school van mijn kinderen.",
    "Het is te ver voor mij.",
    "Ik heb net een cursus gekozen.",
    "Ik werk liever niet buiten.",
    "Ik wil eerst met mijn begeleider praten.",
)
HOST_DECLINES = (
    "Er is nu te weinig begeleiding.",
    "De ploeg verhuist volgende maand.",
    "We hebben deze maand al iemand nieuw.",
    "De mentor is lang afwezig.",
)
TOO_LATE = "De laatste afgesproken dag was voorbij voor iedereen tekende."
NO_MENTOR = "We hebben voor deze plek nog geen mentor gevonden."
TRIAL_FAILED = ("Het werk past niet.", "Te zwaar op dit moment.", "De uren lukken niet.", "De ploeg is te druk voor deze persoon.")
WENT_WELL = (
    "Vraagt uitleg en probeert het daarna zelf.",
    "Komt op tijd en begint meteen.",
    "Werkt rustig en netjes verder, ook als het druk is.",
    "Helpt een nieuwe collega zonder dat iemand het vraagt.",
    "Onthoudt wat vorige keer is uitgelegd.",
    "Zegt het meteen als iets niet lukt.",
    "Is vriendelijk tegen klanten en bezoekers.",
    "Ruimt het materiaal zelf op na het werk.",
    "Kijkt het eigen werk na voor het klaar is.",
    "Durft nu zelf iets vragen aan de ploeg.",
)
NEXT_STEP = (
    "Volgende maand een taak alleen doen.",
    "Een halve dag meedraaien in een andere ploeg.",
    "Zelf de planning van de dag maken.",
    "De machine bedienen onder toezicht.",
    "Eén keer per week de telefoon opnemen.",
    "Het tempo langzaam opbouwen.",
    "Een collega de taak uitleggen.",
    "Samen de veiligheidsregels herhalen.",
)
DISAGREES = (
    "Ik kan meer dan hier staat.",
    "Ik doe dat al alleen.",
    "Ik was die week ziek, dat staat er niet bij.",
    "Ik vind het tempo goed zoals het is.",
)
COMMENTS = (
    "Dat is goed voor mij.",
    "Ik wil graag ook iets met tuinen leren.",
    "De tweede stap is moeilijk, maar ik probeer het.",
    "Kan ik dit op vrijdag doen?",
    "Ik heb hulp nodig met de bus.",
)
CONTESTS = (
    "Ik was er wel die dag.",
    "Ik werkte die dag langer.",
    "Mijn mentor wist dat ik naar de dokter moest.",
    "Ik was maar vijf minuten te laat.",
)
PERSON_VIEWS = (
    "Ik heb veel geleerd.",
    "Ik ben fier op wat ik nu kan.",
    "De collega's waren goed voor mij.",
    "Ik weet nu welk werk bij mij past.",
    "Ik had graag langer gebleven.",
)
HOST_VIEWS = (
    "Een goede kracht.",
    "Gegroeid in zelfstandigheid.",
    "Altijd op post, ook als het druk was.",
    "Wij raden deze persoon graag aan.",
    "Heeft nog tijd nodig, maar werkt graag.",
)
RELAY_GOALS = (
    "Vast werk vinden in de buurt",
    "Een opleiding kiezen",
    "Meer uren werken",
    "Werk zoeken in dezelfde sector",
    "Nederlands verder leren",
)
RELAY_STEPS = (
    "Samen solliciteren",
    "Een gesprek bij de nieuwe werkgever",
    "De inschrijving in orde maken",
    "Elke maand bellen",
    "De cv aanvullen",
)
PUT_ASIDE = (
    "Wacht op een plek die past, we bellen daarna opnieuw.",
    "Volgt nu eerst een cursus Nederlands.",
    "Zorgt nu voor een familielid.",
    "Zoekt eerst opvang voor de kinderen.",
)
HOW = {"by_phone": 0.55, "at_desk": 0.25, "by_email": 0.1, "on_visit": 0.1}
"""How people are spoken to, by weight."""

_SEEN_TO = {
    "absences_in_row": (
        "Gebeld: was ziek, het briefje komt.",
        "Gesproken: vervoer lag stil, nu opgelost.",
        "Langsgegaan, volgende week weer aan het werk.",
    ),
    "goal_not_moved": ("Doel samen kleiner gemaakt.", "Doel besproken, het vraagt meer tijd.", "De mentor helpt vanaf nu mee."),
    "agreement_ending": (
        "Vervolg besproken met de organisatie.",
        "Gesprek over wat hierna komt gepland.",
        "Zoekt samen met ons ander werk.",
    ),
    "evaluation_overdue": ("Mentor gebeld, evaluatie komt deze week.", "Samen met de mentor ingevuld op de werkvloer."),
    "mentor_away": ("Een collega neemt het over.", "Afgesproken met de organisatie wie begeleidt."),
}
_SPOKEN = (
    "Gesproken, alles gaat goed.",
    "Gebeld, zoekt nog altijd actief.",
    "Even gehoord, nieuwe afspraak gemaakt.",
    "Had een vraag over het inkomen, is beantwoord.",
    "Wacht op een plaats dichter bij huis.",
    "Doet ondertussen vrijwilligerswerk.",
)


def seen_to(luck: Luck, rule: str, named: tuple[str, ...]) -> str:
    """Return what somebody notes who saw to a task of this rule."""
    return luck.one_of(_SEEN_TO.get(rule, _SPOKEN), "note", *named)
