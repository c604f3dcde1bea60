"""What a letter and an e-mail about a proposal say: plain Dutch, and nothing of health, benefit or decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later
from django.utils.translation import ngettext

from opstap.bridges.pdf import Answer, LetterData, Sender
from opstap.foundation.programmes.queries import neighbourhoods
from opstap.journey.people.queries import address_lines
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day, language, plain
from opstap.ui.maps import Map, MapPoint, neighbourhood_map
from opstap.ui.person_words import why_this_place
from opstap.ui.site import current_site

if TYPE_CHECKING:
    from opstap.foundation.access.operations import NewLink
    from opstap.journey.people.models import Person
    from opstap.steering.overviews.queries.offers import PersonOffer


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail ready to go: plain text, one link."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a letter is to, and who signs it: the counsellor ("": the desk)."""

    person: Person
    counsellor: str


def absolute(path: str) -> str:
    """Return the whole address of a page, as it is printed and mailed."""
    return f"{settings.PUBLIC_URL}{path}"


def person_url(link: NewLink) -> str:
    """Return the address that a person's link opens."""
    return absolute(reverse("jobseeker:offer", args=[link.token]))


DAYS = (later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"), later("Sunday"))


def when_in_words(half_days: int) -> str:
    """Return a mask of half-days as people say it: "mornings: Monday and Tuesday; afternoons: Friday"."""
    parts = []
    for shift, word in enumerate((_("mornings"), _("afternoons"))):
        days = tuple(_(name) for index, name in enumerate(DAYS) if half_days >> (2 * index + shift) & 1)
        parts += [f"{word}: {plain(days)}"] * bool(days)
    return "; ".join(parts)


def offer_facts(offer: PersonOffer) -> list[tuple[str, str]]:
    """Return what, where, when and with whom, as label and text: the same on the page, on paper and in the e-mail."""
    way = "" if offer.minutes is None else _way(offer.minutes, offer.mode)
    where = ", ".join(part for part in (offer.site, offer.address) if part)
    rows = [
        (_("What"), offer.title),
        (_("At whom"), offer.host),
        (_("Where"), where or offer.neighbourhood or offer.town),
        (_("How far"), way),
        (_("When"), when_in_words(offer.half_days)),
        (_("Hours"), _("%(hours)d hours a month") % {"hours": offer.hours_per_month} if offer.hours_per_month else ""),
        (_("Start"), day(offer.starts_on)),
        (_("End"), day(offer.until_on)),
        (_("Who helps you"), offer.mentor),
        (_("What you learn"), plain(offer.teaches)),
    ]
    return [(label, text) for label, text in rows if text]


def _way(minutes: int, mode: str) -> str:
    about = ngettext("about %(minutes)d minute %(how)s", "about %(minutes)d minutes %(how)s", minutes)
    return about % {"minutes": minutes, "how": plain(mode)}


def offer_map(offer: PersonOffer, *, text_size: float = 1.5) -> Map | None:
    """Return the map from home to place, or None when the place's neighbourhood is not known."""
    if not offer.neighbourhood:
        return None
    towns = [offer.town, offer.proposal.person.municipality]
    points = [MapPoint(each.name, each.longitude, each.latitude) for each in neighbourhoods().filter(municipality__in=towns)]
    title = _("Where is it?")
    how = offer.mode if offer.minutes is not None else ""
    home = offer.home if any(point.name == offer.home for point in points) else ""
    return neighbourhood_map(
        points, title=title, home=home, place=offer.neighbourhood, minutes=offer.minutes, mode=how, text_size=text_size
    )  # fmt: skip


def proposal_letter(offer: PersonOffer, link: NewLink, on: date) -> LetterData:
    """Return the letter of one proposal, with QR code and short code of its link."""
    drawn = offer_map(offer, text_size=1.9)
    answer_by = day(_date(offer.answer_by))
    return replace(
        _sheet(_of(offer), on, _("A place for you")),
        paragraphs=(
            " ".join(
                (
                    _("We found a place where you can learn and work. You choose: yes, no, or first a talk."),
                    _("Do you say no? That is fine. We look further with you."),
                )
            ),
            _("Please answer before %(day)s. Until then we keep the place for you.") % {"day": answer_by},
        ),
        box_title=_("This is the place"),
        facts=tuple(_on_paper(offer)),
        reasons_title=_("Why this place?"),
        reasons=tuple(why_this_place(offer.reasons, language())),
        map_svg=str(drawn.drawing) if drawn else "",
        map_words=drawn.words if drawn else "",
        answer=_ways(link, person_url(link), _("This is how you answer")),
    )


def news_letter(offer: PersonOffer, title: str, text: str, link: NewLink, on: date) -> LetterData:
    """Return the letter that says how a proposal ended; `title` and `text` are the words of the page that the link opens."""
    facts = _on_paper(offer) if offer.standing == "placed" else [(_("What"), offer.title), (_("At whom"), offer.host)]
    return replace(
        _sheet(_of(offer), on, title),
        paragraphs=(text,),
        box_title=_("This is about"),
        facts=tuple(facts),
        answer=_ways(link, person_url(link), _("Read more, or talk to us")),
    )


def message_letter(to: Addressed, title: str, text: str, link: tuple[NewLink, str] | None, on: date) -> LetterData:
    """Return the letter of a message; `link` is the link to the own page with its whole address, None when the message carries none."""
    answer = _ways(*link, _("Read more, or talk to us")) if link else None
    return replace(_sheet(to, on, title), paragraphs=(text,), answer=answer, after=() if link else (_questions(),))


def _questions() -> str:
    site = current_site()
    return _("Questions? Call %(phone)s (%(hours)s).") % {"phone": site.desk_phone, "hours": site.desk_hours}


def _of(offer: PersonOffer) -> Addressed:
    return Addressed(offer.proposal.person, offer.counsellor)


def _sheet(to: Addressed, on: date, title: str) -> LetterData:
    """Return what every letter to the person has: who writes to whom, where and when, and in which language."""
    site, person = current_site(), to.person
    city = site.desk_address[-1].split(" ", 1)[-1] if site.desk_address else site.city
    return LetterData(
        title=title,
        sender=Sender(site.city, (*site.desk_address, f"{site.desk_phone} ({site.desk_hours})"), site.product),
        recipient=address_lines(person),
        place_and_date=f"{city}, {day(on)}",
        written_on=on,
        salutation=_("Hello %(name)s,") % {"name": person.first_name or person.last_name},
        paragraphs=(),
        closing=(_("Kind regards,"), to.counsellor or site.desk_name),
        footer=f"{site.product} · {site.city}",
        language=language(),
    )


def _on_paper(offer: PersonOffer) -> list[tuple[str, str]]:
    """Return the facts that fit on one sheet; the way is already among the reasons when the round gave it."""
    left_out = {_("End"), _("Hours")}
    if any(reason.code == "matching.why_travel" for reason in offer.reasons):
        left_out.add(_("How far"))
    return [(label, text) for label, text in offer_facts(offer) if label not in left_out]


def _ways(link: NewLink, url: str, title: str) -> Answer:
    site = current_site()
    page = absolute(reverse("jobseeker:code")).split("://", 1)[-1]
    return Answer(
        title=title,
        url=url,
        ways=(
            _("Scan the square with your phone."),
            _("Or go to %(page)s and type your code.") % {"page": page},
            _("Or call %(phone)s (%(hours)s).") % {"phone": site.desk_phone, "hours": site.desk_hours},
            _("Or come to us: %(address)s.") % {"address": ", ".join(site.desk_address)},
        ),
        code=link.spoken_code,
        code_label=_("Your code:"),
        qr_words=_("QR code that opens your answer page"),
    )


def person_mail(offer: PersonOffer, link: NewLink) -> Mail:
    """Return the e-mail to the person: the place, the link, and how else to answer; no word of health or benefit."""
    person = offer.proposal.person
    props = {
        "name": person.first_name or person.last_name,
        "facts": [(label, text) for label, text in offer_facts(offer) if label != _("How far")],
        "url": person_url(link),
        "code": link.spoken_code,
        "answer_by": day(_date(offer.answer_by)),
        "site": current_site(),
    }
    return Mail(_("A place for you: answer before %(day)s") % {"day": props["answer_by"]}, render_to_string("ui/mail/person.txt", props))


def fresh_link_mail(url: str, *, code: str = "") -> Mail:
    """Return the e-mail with a fresh link, the same for persons and hosts: it says nothing of what it opens."""
    props = {"url": url, "code": code, "site": current_site()}
    return Mail(_("Your new link"), render_to_string("ui/mail/fresh_link.txt", props))


def host_mail(place_title: str, answer_by: datetime | None, url: str) -> Mail:
    """Return the e-mail to a host: that somebody is proposed for which place; the name is behind the link."""
    props = {"place": place_title, "answer_by": day(_date(answer_by)), "url": url, "site": current_site()}
    return Mail(_("Someone for your place: %(place)s") % {"place": place_title}, render_to_string("ui/mail/host.txt", props))


def still_right_mail(places: Sequence[tuple[str, date | None, str]]) -> Mail:
    """Return the e-mail that asks a host whether places are still right: each with its title, when it was last confirmed, and its link."""
    lines = [{"title": title, "on": day(on), "url": url} for title, on, url in places]
    subject = ngettext("Is your place still right?", "Are your %(count)d places still right?", len(lines)) % {"count": len(lines)}
    return Mail(subject, render_to_string("ui/mail/places.txt", {"places": lines, "site": current_site()}))


def news_mail(title: str, text: str, url: str) -> Mail:
    """Return the e-mail that says how a proposal ended; `title` and `text` are the words of the page that the link opens."""
    props = {"title": title, "text": text, "url": url, "site": current_site()}
    return Mail(title, render_to_string("ui/mail/news.txt", props))


def _date(moment: datetime | None) -> date | None:
    return localdate(moment) if moment else None
