"""The lines and screens of the sheet for typing somebody over in another system, in words."""

_SECTIONS: dict[str, str] = {
    "reports.section.identity": "identity",
    "reports.section.contact": "how to reach the person",
    "reports.section.address": "address",
    "reports.section.work_situation": "work situation",
    "reports.section.diplomas": "diplomas and licences",
    "reports.section.wished_jobs": "wished jobs",
    "reports.section.competences": "competences",
    "reports.section.agreements": "agreements",
    "reports.section.hours": "hours per month",
    "reports.section.evaluations": "evaluations",
    "reports.section.outcome": "outcome",
}

_LINES: dict[str, str] = {
    "reports.line.client_number": "client number",
    "reports.line.last_name": "last name",
    "reports.line.first_name": "first name",
    "reports.line.birth_date": "date of birth",
    "reports.line.national_number": "national number",
    "reports.line.phone": "telephone number",
    "reports.line.email": "e-mail address",
    "reports.line.language": "language of contact",
    "reports.line.street": "street and number",
    "reports.line.postcode": "postal code",
    "reports.line.municipality": "municipality",
    "reports.line.registered_since": "registered since",
    "reports.line.income": "income",
    "reports.line.benefit_since": "benefit since",
    "reports.line.education": "highest diploma",
    "reports.line.licences": "driving licences",
    "reports.line.wishes": "wished jobs",
    "reports.line.competences": "competences",
    "reports.line.agreements": "agreements",
    "reports.line.hours_per_month": "hours per month",
    "reports.line.evaluation_dates": "dates of evaluations",
    "reports.line.outcomes": "what became of the person",
}

_COLUMNS: dict[str, str] = {
    "reports.part.place": "place",
    "reports.part.mentor": "by mentor",
    "reports.part.partner": "partner",
    "reports.column.agreed": "both said yes",
    "reports.column.ended": "ended",
    "reports.column.completed": "completed",
    "reports.column.due": "ended six months ago",
    "reports.column.known": "known after six months",
    "reports.column.works": "work after six months",
    "reports.column.started": "started",
    "reports.column.referred": "referred",
    "reports.column.eligible": "may start",
    "reports.column.proposed": "got a proposal",
}

TEXTS: dict[str, str] = _SECTIONS | _LINES | _COLUMNS
