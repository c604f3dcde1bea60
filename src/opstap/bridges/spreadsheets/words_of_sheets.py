"""The words that sheets use for the codes of the field; the first of each is the one we show."""
# ruff: noqa: E501 - one column or code per line reads as the table that it is

from opstap.bridges.spreadsheets.parsers.codes import Words

DUTCH_LEVELS = Words.of(
    none="geen|nul|0|none|aucun|niet|anderstalig zonder nederlands", A1="A1|breakthrough|1.1", A2="A2|waystage|1.2|basis", B1="B1|2.1|threshold",
    B2="B2|2.2|vantage", C1="C1|C2|vlot|zeer goed", native="moedertaal|native|moedertalig|nederlandstalig|langue maternelle|mother tongue|NL",
)  # fmt: skip

INCOMES = Words.of(
    unemployment_benefit="werkloosheidsuitkering|WW|werkloosheid|RVA|uitkering RVA|UVW|volledig werkloos|unemployment benefit|chômage|WLU|uitkeringsgerechtigd werkloos",
    integration_allowance="inschakelingsuitkering|IU|inschakeling|integration allowance|allocation d'insertion|wachtuitkering",
    living_wage="leefloon|OCMW|LL|equivalent leefloon|RMI|living wage|revenu d'intégration|revenu d'integration sociale",
    income_guarantee="IGU|inkomensgarantie|inkomensgarantie-uitkering|inkomensgarantieuitkering|AGR|income guarantee",
    sickness_benefit="RIZIV|ziekte-uitkering|ziekteuitkering|ziekenfonds|mutualiteit|invaliditeit|ZIV|INAMI|sickness benefit|mutuelle",
    none="geen|geen inkomen|none|zonder|zonder inkomen|aucun|nihil|/|-",
)  # fmt: skip

EDUCATION = Words.of(
    low="laag|laaggeschoold|kortgeschoold|LG|lager onderwijs|lager|low|bas|geen diploma|LSO|1ste graad|2de graad",
    middle="midden|middengeschoold|gemiddeld|MG|HSO|secundair|middle|medium|moyen|3de graad",
    high="hoog|hooggeschoold|HG|hoger|bachelor|master|HO|high|haut|hoger onderwijs|universitair",
)

WORK_LIMITATION_RIGHTS = Words.of(
    vop="VOP|recht op VOP", imw_2="IMW 2 jaar|IMW 2|IMW2|2 jaar|IMW tijdelijk", imw_5="IMW 5 jaar|IMW 5|IMW5|5 jaar|IMW langdurig",
    _="geen|nee|neen|none|no|non|-|/|nvt|n.v.t.",
)  # fmt: skip

MAATWERK_ADVICES = Words.of(
    pmah="PMAH|arbeidshandicap", pmp="PMP|psychosociaal", very_vulnerable="uiterst kwetsbaar|UK|uiterst kwetsbare persoon|very vulnerable",
    _="geen|nee|neen|none|no|non|-|/|nvt|n.v.t.",
)  # fmt: skip

TRAVEL_MODES = Words.of(
    walk="te voet|voet|wandelen|stappen|walk|on foot|à pied",
    bike="fiets|met de fiets|elektrische fiets|bike|bicycle|vélo",
    public_transport="openbaar vervoer|OV|bus|tram|trein|bus/tram|De Lijn|tram en bus|public transport|transports en commun|bus of tram",
    car="auto|wagen|eigen wagen|eigen auto|car|voiture",
)

LICENCES = Words.of(
    B="B|rijbewijs B|auto|ja B|permis B", C="C|rijbewijs C|vrachtwagen", forklift="heftruck|heftruckattest|forklift|attest heftruck|clark",
    _="geen|nee|neen|none|no|non|-|/|nvt|n.v.t.",
)  # fmt: skip

LIMITS = Words.of(
    lifting="zwaar tillen|tillen|heffen|zwaar heffen|heffen en tillen|rug|lifting|heavy lifting|porter",
    standing="lang staan|staan|rechtstaan|lang rechtstaan|standing|station debout",
    heights="werken op hoogte|hoogte|hoogtes|ladder|heights|hauteur",
    outdoors="buiten in de winter|buiten|buitenwerk|koude|outdoors|outside|dehors",
    crowds="drukke omgeving|druk|drukte|lawaai|prikkels|crowds|busy",
    dust="stof/allergie|stof|allergie|stofallergie|dust|poussière",
    _="geen|niets|nee|neen|none|no|non|-|/|nvt|n.v.t.",
)

INSTRUMENTS = Words.of(
    work_learning_place="leerwerkplek|LWP|work-learning place|werkplekleren",
    community_service="gemeenschapsdienst|GD|community service|service communautaire",
    work_experience="WES|werkervaringsstage|werkervaring|stage|work experience",
    lavoro_vop="Lavoro|VOP|Lavoro VOP", imw="IMW|individueel maatwerk",
)  # fmt: skip

ORGANISATION_KINDS = Words.of(
    local_government="lokaal bestuur|stad|gemeente|OCMW|stadsbestuur|gemeentebestuur|AGB|local government|commune",
    social_enterprise="maatwerkbedrijf|sociale economie|sociale onderneming|beschutte werkplaats|social enterprise",
    employers_association="werkgeversassociatie|werkgeversgroepering|employers' association",
    project_association="projectvereniging|PV|dienstverlenende vereniging|intergemeentelijk|project association",
    nonprofit="vzw|vereniging|nonprofit|non-profit|asbl", school="school|basisschool|onderwijs|secundaire school|école",
    company="bedrijf|onderneming|firma|bv|nv|company|entreprise", household="particulier|gezin|huishouden|household",
)  # fmt: skip

SEXES = Words.of(
    M="M|man|mannelijk|male|homme", V="V|vrouw|vrouwelijk|F|female|femme", X="X|ander|other|autre",
)  # fmt: skip

LANGUAGES = Words.of(
    nl="Nederlands|NL|Dutch|néerlandais|Vlaams", fr="Frans|FR|French|français", en="Engels|EN|English|anglais", de="Duits|DE|German|Deutsch|allemand",
    es="Spaans|ES|Spanish|español|espagnol", uk="Oekraïens|UK|UA|Ukrainian|ukrainien", pl="Pools|PL|Polish|polonais", tr="Turks|TR|Turkish|Türkçe|turc",
    ar="Arabisch|AR|Arabic|arabe", ru="Russisch|RU|Russian|russe", ro="Roemeens|RO|Romanian|roumain", bg="Bulgaars|BG|Bulgarian", pt="Portugees|PT|Portuguese|portugais",
    it="Italiaans|IT|Italian|italien", fa="Perzisch|Farsi|FA|Dari|Persian", ps="Pasjtoe|Pashto|PS", so="Somalisch|Somali|SO", ti="Tigrinya|TI",
    am="Amhaars|Amharic|AM", ku="Koerdisch|Kurdish|KU", sq="Albanees|Albanian|SQ", ne="Nepalees|Nepali|NE", bo="Tibetaans|Tibetan|BO", zh="Chinees|Chinese|ZH",
    ur="Urdu|UR", hi="Hindi|HI", sw="Swahili|SW", sr="Servisch|Serbian|SR", sk="Slowaaks|Slovak|SK", cs="Tsjechisch|Czech|CS", hu="Hongaars|Hungarian|HU",
    el="Grieks|Greek|EL", th="Thais|Thai|TH", vi="Vietnamees|Vietnamese|VI", hy="Armeens|Armenian|HY", ka="Georgisch|Georgian|KA",
)  # fmt: skip
