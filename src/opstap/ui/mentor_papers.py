"""Papers about mentors and places: the fact sheet of a place, the overview of the package, the register, and all in one archive."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.http import HttpResponse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.bridges.pdf.sheets import Part, Sheet, Table, sheet_pdf
from opstap.bridges.spreadsheets.output import OutputColumn, OutputSheet, write_sheets
from opstap.steering.overviews.queries.mentor_list import MentorLine
from opstap.steering.overviews.queries.package import Package, PlaceFacts, RegisterLine
from opstap.ui.components.status import day, plain, reason
from opstap.ui.letters import when_in_words


def euro(amount: Decimal) -> str:
    """Return an amount as people write it here: "96.158,96 euro"."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) + " euro"


def fact_sheet(facts: PlaceFacts) -> bytes:
    """Return the fact sheet of a place as a tagged PDF."""
    return sheet_pdf(_fact_sheet(facts))


def fact_sheet_answer(facts: PlaceFacts) -> HttpResponse:
    """Return the fact sheet of a place as an answer that is shown."""
    response = HttpResponse(fact_sheet(facts), content_type="application/pdf")
    name = slugify(f"{facts.place.title} {facts.place.organisation.name}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _fact_sheet(facts: PlaceFacts) -> Sheet:
    place, not_known = facts.place, _("not filled in")
    tasks = tuple(line.strip() for line in place.tasks.replace(";", "\n").splitlines() if line.strip())
    parts = (
        Part(_("Tasks"), lines=tasks or (not_known,)),
        Part(_("What is learned here"), lines=tuple(capfirst(skill) for skill in place.teaches) or (not_known,)),
        Part(_("Mentor"), facts=_mentor_facts(facts)),
        Part(_("Still missing"), lines=tuple(reason(each) for each in facts.missing)) if facts.missing else None,
    )
    return Sheet(
        title=_("Fact sheet: %(place)s") % {"place": place.title},
        reference=place.programme.name,
        lead="",
        facts=_place_facts(facts),
        parts=tuple(part for part in parts if part),
        notes=(_("As of %(day)s.") % {"day": day(facts.on)},),
        footer=f"{place.title} · {place.organisation.name}",
        page_word=_("p."),
        author=place.programme.name,
        written_on=facts.on,
    )


def _place_facts(facts: PlaceFacts) -> tuple[tuple[str, str], ...]:
    place, site = facts.place, facts.place.site
    town = " ".join(part for part in (site.postcode, site.municipality) if part)
    hours = (
        ngettext("%(n)d hour a month", "%(n)d hours a month", place.hours_per_month) % {"n": place.hours_per_month}
        if place.hours_per_month
        else ""
    )
    rows = (
        (_("Host"), place.organisation.name),
        (_("Enterprise number"), place.organisation.enterprise_number),
        (_("Where"), ", ".join(dict.fromkeys(part for part in (site.name, site.street, town) if part))),
        (_("Seats"), str(facts.seats)),
        (_("Half-days"), when_in_words(place.half_days)),
        (_("Hours"), hours or _("not filled in")),
        (_("Instruments"), ", ".join(plain(each) for each in place.instruments)),
        (_("From"), day(place.starts_on)),
        (_("Until"), day(place.until_on)),
        (_("Last confirmed"), _confirmed(facts)),
    )
    return tuple((label, text) for label, text in rows if text)


def _confirmed(facts: PlaceFacts) -> str:
    return " · ".join(part for part in (day(facts.confirmed_on), facts.place.confirmed_by) if part) or _("never")


def _mentor_facts(facts: PlaceFacts) -> tuple[tuple[str, str], ...]:
    mentor = facts.mentor
    if mentor is None:
        return ((_("Name"), _("no mentor")),)
    rows = (
        (_("Name"), mentor.name),
        (_("Certificate"), certificate_words(mentor.certified_on, mentor.certified_until, facts.on)),
        (_("Number"), facts.number),
        (_("Learners at most"), str(mentor.learner_limit)),
    )
    return tuple((label, text) for label, text in rows if text)


def certificate_words(since: date | None, until: date | None, on: date) -> str:
    """Return in words how a certificate stands on a day."""
    if since is None:
        return _("no certificate")
    if until is not None and until <= on:
        return _("ended on %(day)s") % {"day": day(until)}
    if since > on:
        return _("certificate from %(day)s") % {"day": day(since)}
    given = {"day": day(since), "until": day(until)}
    return _("since %(day)s, holds until %(until)s") % given if until else _("since %(day)s, without end") % given


def overview(package: Package) -> bytes:
    """Return the overview of a package as a tagged PDF: places and mentors against each lump sum, and what is still missing."""
    found = {"seats": package.seats, "mentors": package.mentors}
    lead = _("%(seats)d seats and %(mentors)d mentors with a certificate that holds.") % found
    rows = tuple(
        (str(line.lump_sum.places), str(line.lump_sum.mentors), _amount(line.lump_sum.euro, is_confirmed=line.lump_sum.is_confirmed),
         _("numbers reached") if line.is_reached else _("not reached"))
        for line in package.lines
    )  # fmt: skip
    return sheet_pdf(
        Sheet(
            title=_("Package of %(places)d places") % {"places": package.aim.places},
            reference=package.programme.name,
            lead=lead,
            facts=(
                (_("As of"), day(package.on)),
                (
                    _("Aim"),
                    _("%(places)d places with %(mentors)d mentors") % {"places": package.aim.places, "mentors": package.aim.mentors},
                ),
                (_("Lump sum"), _amount(package.aim.euro, is_confirmed=package.aim.is_confirmed)),
            ),
            parts=(
                Part(_("Lump sums"), table=Table((_("Places"), _("Mentors"), _("Lump sum"), _("Stands")), (2, 2, 5, 3), rows)),
                Part(_("Still missing"), lines=tuple(reason(each) for each in package.missing) or (_("Nothing: the file is complete."),)),
                Part(_("Places"), table=_place_table(package)),
            ),
            notes=(package.source,),
            footer=f"{package.programme.name} · {day(package.on)}",
            page_word=_("p."),
            author=package.programme.name,
            written_on=package.on,
        )
    )


def _amount(amount: Decimal, *, is_confirmed: bool) -> str:
    return euro(amount) if is_confirmed else f"{euro(amount)} ({_('to be confirmed')})"


def _place_table(package: Package) -> Table:
    rows = tuple(
        (capfirst(each.place.title), each.place.organisation.name, str(each.seats), each.mentor.name if each.mentor else _("no mentor"),
         _("yes") if each.certified else _("no"))
        for each in package.places
    )  # fmt: skip
    return Table((_("Place"), _("Host"), _("Seats"), _("Mentor"), _("Certificate")), (5, 5, 2, 4, 3), rows)


def register_sheet(lines: tuple[RegisterLine, ...], on: date) -> OutputSheet:
    """Return the register of certificates as a sheet."""
    titles = ((_("Mentor"), 26), (_("Organisation"), 28), (_("Number"), 14), (_("Certificate of"), 15), (_("Holds until"), 15),
              (_("Holds on %(day)s") % {"day": day(on)}, 20), (_("Source"), 40), (_("Digest"), 66))  # fmt: skip
    rows = [_register_row(line) for line in lines]
    return OutputSheet(_("Certificates"), tuple(OutputColumn(title, width) for title, width in titles), rows)


def _register_row(line: RegisterLine) -> tuple[str | date | None, ...]:
    mentor, given = line.mentor, line.certificate
    holds = _("yes") if line.holds else _("no")
    if given is None:
        source = _("list of mentors") if mentor.certified_on else ""
        return (mentor.name, mentor.organisation.name, "", mentor.certified_on, mentor.certified_until, holds, source, "")
    source = given.source or (given.session.title if given.session else "")
    return (mentor.name, mentor.organisation.name, given.number, given.issued_on, given.expires_on, holds, source, given.digest)


def load_sheet(lines: tuple[MentorLine, ...]) -> OutputSheet:
    """Return the mentors with their learners as a sheet."""
    titles = ((_("Mentor"), 26), (_("Organisation"), 28), (_("Learners now"), 12), (_("Learners coming"), 14), (_("Learners at most"), 14))
    rows = [(line.name, line.host, line.now, line.coming, line.limit) for line in lines]
    return OutputSheet(_("Mentors"), tuple(OutputColumn(title, width) for title, width in titles), rows)


def places_sheet(package: Package) -> OutputSheet:
    """Return the places of a package as a sheet."""
    titles = ((_("Place"), 30), (_("Host"), 28), (_("Seats"), 8), (_("Hours a month"), 12), (_("Instruments"), 34), (_("Mentor"), 26),
              (_("Certificate"), 12), (_("Last confirmed"), 15), (_("Still missing"), 60))  # fmt: skip
    rows = [
        (capfirst(each.place.title), each.place.organisation.name, each.seats, each.place.hours_per_month,
         ", ".join(plain(code) for code in each.place.instruments), each.mentor.name if each.mentor else "",
         _("yes") if each.certified else _("no"), each.confirmed_on, "\n".join(reason(one) for one in each.missing))
        for each in package.places
    ]  # fmt: skip
    return OutputSheet(_("Places"), tuple(OutputColumn(title, width) for title, width in titles), rows)


def workbook(sheets: list[OutputSheet], *, title: str, at: datetime) -> bytes:
    """Return the sheets as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        (written,) = write_sheets(Path(folder) / "list.xlsx", sheets, title=title, at=at)
        return written.read_bytes()


def archive(package: Package, register: tuple[RegisterLine, ...], load: tuple[MentorLine, ...], *, at: datetime) -> bytes:
    """Return the audit file: the overview, the register as a workbook, and a fact sheet for every place; the same data, the same bytes."""
    sheets = [register_sheet(register, package.on), load_sheet(load), places_sheet(package)]
    files = {
        f"00-{slugify(_('overview'))}.pdf": overview(package),
        f"01-{slugify(_('register'))}.xlsx": workbook(sheets, title=package.programme.name, at=at),
    }
    for number, facts in enumerate(package.places, start=1):
        name = slugify(f"{facts.place.organisation.name} {facts.place.title}")
        files[f"{slugify(_('fact sheets'))}/{number:02}-{name}.pdf"] = fact_sheet(facts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in files.items():
            target.writestr(zipfile.ZipInfo(path, at.timetuple()[:6]), content)
    return stream.getvalue()
