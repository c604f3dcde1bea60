"""Ready rows of places and mentors become hosts, sites, mentors, places and seats."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow
from opstap.bridges.spreadsheets.problems import Severity
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import record
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation
from opstap.journey.imports.assembly.places import Hosts, import_key, merged_values, settle_places, terms_of
from opstap.journey.imports.enums import RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.queries.mentor_differences import mentor_differences
from opstap.journey.imports.queries.place_differences import place_values
from opstap.journey.imports.queries.values import field_headers, own_problem, row_value
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.people.queries import Positions
from opstap.journey.placements.operations import resize_place
from opstap.journey.places.models import Place
from opstap.journey.places.operations import change_place, offer_place

_READY = frozenset({RowStatus.READY_NEW, RowStatus.READY_UPDATE, RowStatus.UNCHANGED})


def apply_places(rows: list[Row], batch: Batch, by: Actor, at: datetime) -> None:
    """Apply the rows, places before mentors (they bring the hosts), within the transaction of the operation that calls this."""
    settle_places(rows, batch, whole_list=False)
    applier = _Applier(batch, by, at)
    for row in rows:
        value = row_value(row.kind, row.value)
        if row.status in _READY:
            row.applied_to = applier.mentor(value).pk if isinstance(value, MentorRow) else applier.place(row, value).pk
            row.match_id, row.status = row.applied_to, RowStatus.APPLIED.value


class _Applier:
    """Finds or makes what a row speaks of."""

    def __init__(self, batch: Batch, by: Actor, at: datetime) -> None:
        self.batch, self.by, self.at = batch, by, at
        self.hosts = Hosts(batch.programme)
        self.positions = Positions()

    def place(self, row: Row, value: PlaceRow) -> Place:
        """Return the place, made or brought up to date, with its seats: never fewer than are in use."""
        host = self._host(value.organisation, value.kind, value.enterprise_number)
        mentor = self._mentor(host, value.mentor) if value.mentor else None
        place = Place.objects.filter(pk=row.match_id).select_related("mentor").first() if row.match_id else None
        seats = value.capacity or 0
        if place is None:
            site = self._site(host, value)
            key = import_key(value, row)
            return offer_place(
                programme=self.batch.programme, organisation=host, site=site, mentor=mentor, terms=terms_of(place_values(value)),
                seats=seats, import_key=key, by=self.by, at=self.at,
            )  # fmt: skip
        merged = merged_values(place, value, row)
        seats = merged["capacity"]
        if fold(merged["mentor"]) != fold(value.mentor or ""):
            mentor = place.mentor
        change_place(place=place, terms=terms_of(merged), mentor=mentor or place.mentor, by=self.by, at=self.at)
        in_use = seats_spoken_for([place.pk], localdate(self.at))[place.pk]
        if seats < in_use:
            header = field_headers(row.kind, row.raw).get("capacity", "")
            problem = own_problem(header, Severity.WARNING, Reason("imports.seats_in_use", {"seats": seats, "in_use": in_use}))
            row.problems = [*(row.problems or []), problem]
        resize_place(place=place, seats=max(seats, in_use), by=self.by, at=self.at)
        return place

    def mentor(self, value: MentorRow) -> Mentor:
        """Return the mentor, made or brought up to date."""
        host = self.hosts.organisation(value.organisation)
        if host is None:
            raise Refused(Reason("imports.organisation_unknown", {"name": value.organisation}))
        mentor = self._mentor(host, value.name)
        changes = {each.name: each.new for each in mentor_differences(mentor, value)}
        for name, new in changes.items():
            setattr(mentor, name, new)
        if changes:
            mentor.save(update_fields=list(changes))
            self._note("change_mentor", "mentor", mentor)
        return mentor

    def _host(self, name: str, kind: str | None, number: str | None) -> Organisation:
        host = self.hosts.organisation(name)
        if host is None:
            if kind is None:
                raise Refused(Reason("imports.organisation_kind_missing", {"name": name}))
            host = Organisation.objects.create(name=name, folded_name=fold(name), kind=kind, enterprise_number=number or "")
            self.hosts.organisations[host.folded_name] = host
            self._note("create_organisation", "organisation", host)
        elif number and not host.enterprise_number:
            host.enterprise_number = number
            host.save(update_fields=["enterprise_number"])
            self._note("change_organisation", "organisation", host)
        Participation.objects.get_or_create(programme=self.batch.programme, organisation=host, part=Part.HOSTS.value)
        return host

    def _mentor(self, host: Organisation, name: str) -> Mentor:
        mentor = self.hosts.mentors.get((host.pk, fold(name)))
        if mentor is None:
            mentor = Mentor.objects.create(organisation=host, name=name[:120])
            self.hosts.mentors[host.pk, fold(name)] = mentor
            self._note("create_mentor", "mentor", mentor)
        return mentor

    def _site(self, host: Organisation, value: PlaceRow) -> Site:
        name, street = value.site or host.name, value.address or ""
        site = self.hosts.sites.get((host.pk, fold(name), fold(street)))
        if site is None:
            town, part, postcode = value.municipality or "", value.neighbourhood or "", value.postcode or ""
            longitude, latitude = self.positions.of(town, part, postcode)
            site = Site.objects.create(
                organisation=host, name=name, street=street, postcode=postcode, municipality=town, neighbourhood=part,
                longitude=longitude, latitude=latitude,
            )  # fmt: skip
            self.hosts.sites[host.pk, fold(name), fold(street)] = site
            self._note("create_site", "site", site)
        return site

    def _note(self, action: str, kind: str, subject: Organisation | Site | Mentor) -> None:
        record(by=self.by, at=self.at, action=action, subject_kind=kind, subject_id=subject.pk, facts={"batch": str(self.batch.pk)})
