"""An agreement as it is printed: its terms in the words of its version, with the numbers that hold on its first day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from opstap.bridges.pdf.agreements import AgreementPaper, Promise, Section, Signatory, agreement_pdf
from opstap.engine.costing import hours_limits, load_rates
from opstap.journey.agreements.assembly.consequences import who_signs
from opstap.journey.agreements.assembly.terms import Clause, InstrumentTerms, Terms, terms_named
from opstap.journey.agreements.assembly.values import day_in_words, shown, week_in_words
from opstap.journey.agreements.enums import AgreementKind, Party
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.queries import terms_before

NAMES: dict[Party, str] = {Party.PERSON: "person_name", Party.HOST: "host_name", Party.PARTNER: "partner_name", Party.MENTOR: "mentor_name"}
"""The field that holds the name of each party."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of the paper reads: the agreement, its version of the text, its fields and the numbers to fill in."""

    agreement: Agreement
    terms: Terms
    kind: InstrumentTerms
    fields: Mapping[str, Any]
    numbers: Mapping[str, str]
    before: Mapping[str, Any]

    def label(self, name: str, /, **facts: object) -> str:
        return str(self.terms.labels[name]).format(**facts)

    def shown(self, key: str) -> str:
        return shown(key, self.fields.get(key), self.terms)


def paper_of(agreement: Agreement, parties: tuple[Party, ...], written_on: date, *, before: Mapping[str, Any]) -> AgreementPaper:
    """Return the paper of an agreement or addendum for these parties to sign.

    `before` are the fields that an addendum changes, empty for an agreement.
    """
    terms = terms_named(agreement.ruleset_version)
    instrument = agreement.placement.instrument
    kind = terms.instruments[instrument]
    numbers = _numbers(agreement, instrument, terms)
    sheet = _Sheet(agreement, terms, kind, agreement.fields, numbers, before)
    is_addendum = agreement.kind == AgreementKind.ADDENDUM
    title = sheet.label("addendum_title", title=kind.title.lower()) if is_addendum else kind.title
    sections = _changes(sheet) if is_addendum else (_parties(sheet), _plan(sheet), *(_clause(sheet, clause) for clause in kind.clauses))
    return AgreementPaper(
        title=title,
        reference=f"{sheet.label('number')} {agreement.number}",
        summary_title=sheet.label("summary_title"),
        summary_intro=_intro(sheet),
        summary_facts=_changed(sheet) if is_addendum else _summary(sheet),
        promises=() if is_addendum else tuple(_promise(sheet, party) for party in parties if party in terms.promises),
        sections=sections,
        signatures_title=sheet.label("signatures"),
        signatures_lead=sheet.label("signature_lead"),
        signatories=tuple(Signatory(terms.labels["roles"][party.value], str(sheet.fields[NAMES[party]])) for party in parties),
        date_label=sheet.label("signature_date"),
        signature_label=sheet.label("signature_line"),
        basis=_basis(sheet),
        footer=f"{title} · {agreement.number}",
        page_word=sheet.label("page"),
        written_on=written_on,
        author=str(sheet.fields["partner_name"] or sheet.fields["host_name"]),
        help_line=_help(sheet),
    )


def _numbers(agreement: Agreement, instrument: str, terms: Terms) -> dict[str, str]:
    """Return what the clauses fill in: names, days and the dated rates, an unconfirmed one with its mark."""
    fields = agreement.fields
    starts_on = date.fromisoformat(fields["starts_on"])
    limits = hours_limits(instrument, starts_on, load_rates())
    allowance = load_rates().on("allowance", instrument, starts_on)
    amount = f"{allowance.value:.2f}".replace(".", ",") if allowance else ""
    mark = "" if allowance is None or allowance.is_confirmed else f" {terms.labels['to_confirm']}"
    return {
        "hours": str(fields["hours_month"]),
        "hours_min": str(limits.least or ""),
        "hours_max": str(limits.most or ""),
        "months_max": str(limits.months or ""),
        "starts_on": day_in_words(fields["starts_on"], terms),
        "last_on": day_in_words(fields["last_on"], terms),
        "mentor": str(fields["mentor_name"]),
        "allowance": f"{amount}{mark}",
        "amount": f"{amount}{mark}",
    }


def _intro(sheet: _Sheet) -> str:
    base = sheet.agreement.supersedes
    if base is not None:
        return sheet.label("addendum_lead", number=base.number, day=sheet.shown("effective_on"))
    return sheet.label("summary_intro")


def _help(sheet: _Sheet) -> str:
    """Return whom to call, "" when the programme has no telephone."""
    programme = sheet.agreement.placement.referral.programme
    if not programme.desk_phone:
        return ""
    label = "help_hours" if programme.desk_hours else "help"
    return sheet.label(label, phone=programme.desk_phone, hours=programme.desk_hours)


def _summary(sheet: _Sheet) -> tuple[tuple[str, str], ...]:
    amount = sheet.numbers["amount"]
    rows = (
        ("what", sheet.shown("job_title")),
        ("where", f"{sheet.shown('host_name')}, {sheet.shown('site')}"),
        ("start", sheet.shown("starts_on")),
        ("last", sheet.shown("last_on")),
        ("when", week_in_words(sheet.fields["half_days"], sheet.terms)),
        ("hours", sheet.label("hours_text", hours=sheet.fields["hours_month"])),
        ("mentor", sheet.shown("mentor_name")),
        ("allowance", str(sheet.terms.labels["rates"]["allowance"]).format(amount=amount) if amount else ""),
        ("partner", ", ".join(part for part in (sheet.shown("partner_contact"), sheet.shown("partner_name")) if part)),
        ("first_day", sheet.shown("first_day")),
    )
    return tuple((sheet.label(name), text) for name, text in rows if text)


def _changed(sheet: _Sheet) -> tuple[tuple[str, str], ...]:
    """Return what an addendum changes, each as it was and as it becomes: the rest stays and is not repeated."""
    return tuple(
        (sheet.terms.labels["fields"][key], " ".join(f"{line}." for line in _before_and_after(sheet, key, sheet.before.get(key))))
        for key in sheet.agreement.changed
    )


def _promise(sheet: _Sheet, party: Party) -> Promise:
    title = sheet.label(f"promises_{party.value}", host=sheet.fields["host_name"], partner=sheet.fields["partner_name"])
    return Promise(title, sheet.terms.promises[party])


def _parties(sheet: _Sheet) -> Section:
    number, address = sheet.shown("host_number"), sheet.shown("person_address")
    host_contact, partner_contact = sheet.shown("host_contact"), sheet.shown("partner_contact")
    lines = (
        _joined(sheet.label("person", name=sheet.shown("person_name")), address and sheet.label("address", address=address)),
        _joined(
            sheet.label("host", name=sheet.shown("host_name")),
            number and sheet.label("enterprise_number", number=number),
            host_contact and sheet.label("represented", contact=host_contact),
        ),
        _joined(
            sheet.label("partner_party", name=sheet.shown("partner_name")),
            partner_contact and sheet.label("represented", contact=partner_contact),
        ),
    )
    return Section(sheet.label("parties"), lists=(Promise("", lines),))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _plan(sheet: _Sheet) -> Section:
    """Return the internship plan: tasks, what is learned, when, how much and with whom."""
    names = ("job_title", "site", "half_days", "hours_month", "starts_on", "last_on", "mentor_name")
    facts = tuple((sheet.terms.labels["fields"][name], sheet.shown(name)) for name in names)
    lists = (
        Promise(sheet.label("plan_tasks"), tuple(sheet.fields["tasks"])),
        Promise(sheet.label("plan_competences"), tuple(sheet.fields["competences"])),
    )
    return Section(sheet.label("plan"), facts=facts, lists=lists)


def _clause(sheet: _Sheet, clause: Clause) -> Section:
    lines = [line.format(**sheet.numbers) for line in clause.lines]
    policy = sheet.shown("host_insurance")
    if policy and clause.names_policy:
        lines.append(sheet.label("insurance_number", policy=policy))
    mark = "" if clause.is_confirmed else f" {sheet.label('to_confirm')}"
    return Section(f"{clause.title}{mark}", tuple(lines))


def _changes(sheet: _Sheet) -> tuple[Section, ...]:
    """Return what an addendum changes, field by field: as it was, as it becomes; and why."""
    changes = [
        Promise(sheet.terms.labels["fields"][key], _before_and_after(sheet, key, sheet.before.get(key))) for key in sheet.agreement.changed
    ]
    why = (Section(sheet.label("why"), (sheet.agreement.reason,)),) if sheet.agreement.reason else ()
    return (_parties(sheet), Section(sheet.label("addendum_changes"), lists=tuple(changes)), *why)


def _before_and_after(sheet: _Sheet, key: str, before: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON value
    told = {"before": before, "after": sheet.fields[key]}
    return tuple(sheet.label(label, value=shown(key, value, sheet.terms) or sheet.label("nothing")) for label, value in told.items())


def _basis(sheet: _Sheet) -> str:
    sources = dict.fromkeys(clause.basis for clause in sheet.kind.clauses)
    return sheet.label("basis", version=sheet.terms.version, sources="; ".join(sources))


def printed(agreement: Agreement, at: datetime) -> bytes:
    """Return the PDF of an agreement that the caller may read, as it reads now; an addendum beside what counts until then."""
    before = terms_before(agreement).fields if agreement.supersedes_id else {}
    return agreement_pdf(paper_of(agreement, who_signs(agreement, agreement.changed), localdate(at), before=before))
