"""A round in the browser: started, followed, read, decided on, taken out, and what changed."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from tests.desks.coordinator.visits import Scene, once, text_of
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_ready, run

from opstap.engine.shared import Reason
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive, MatchRound, Proposal
from opstap.journey.matching.operations import fail_round, give_directive, request_round
from opstap.journey.places.operations import hold_seats

pytestmark = pytest.mark.django_db


def of_round(scene: Scene, name: str) -> str:
    """Return a page of the scene's round."""
    return reverse(f"coordinator:{name}", args=[scene.round.pk])


def test_start_says_what_it_takes_in_and_leads_to_the_progress(scene: Scene, client: Client) -> None:
    """The consequence stands before the button; the new round waits for the worker; a second one is refused meanwhile."""
    page = text_of(client, reverse("coordinator:rounds"))
    assert "1 ontwerp waar niemand over besliste" in page
    answer = client.post(reverse("coordinator:start_round"), once())
    made = MatchRound.objects.exclude(pk=scene.round.pk).get()
    assert (answer.headers["Location"], made.status) == (reverse("coordinator:round", args=[made.pk]), "queued")
    assert "Wacht op zijn beurt" in text_of(client, answer.headers["Location"])
    again = client.post(reverse("coordinator:start_round"), once())
    assert (again.status_code, MatchRound.objects.count()) == (409, 2)


def test_place_names_who_a_draft_is_for(scene: Scene, client: Client) -> None:
    """Whom the latest round proposes there stands on the place's page before anything is sent, and not once that is set aside."""
    page = reverse("coordinator:place", args=[scene.proposal.place_id])
    name = str(scene.proposal.person)
    assert (name in text_of(client, page), "Nu niemand." in text_of(client, page)) == (True, False)
    Proposal.objects.filter(pk=scene.proposal.pk).update(state="set_aside")
    assert "Nu niemand." in text_of(client, page)


def test_progress_ends_with_the_round_itself(scene: Scene, client: Client) -> None:
    """While it runs the answer is the bar; once done the browser is sent to the round."""
    made = request_round(programme=scene.programme, on=ON, in_background=False, by=SYSTEM, at=AT)
    bar = client.get(reverse("coordinator:round_progress", args=[made.pk]))
    assert ("<progress" in bar.content.decode(), "HX-Redirect" in bar.headers) == (True, False)
    assert client.get(of_round(scene, "round_progress")).headers["HX-Redirect"] == of_round(scene, "round")


def test_failed_round_says_why(scene: Scene, client: Client) -> None:
    """A round that was stopped says so, and that nothing changed."""
    asked = request_round(programme=scene.programme, on=ON, in_background=False, by=SYSTEM, at=AT)
    failed = fail_round(match_round=asked, reason=Reason("matching.solver_stopped"), by=SYSTEM, at=AT)
    page = text_of(client, reverse("coordinator:round", args=[failed.pk]))
    assert "Deze ronde kon niet berekend worden" in page


def test_round_names_the_pin_that_it_could_not_keep(scene: Scene, client: Client) -> None:
    """A pin against a rule stops nobody: the page names who, where and why not."""
    person = scene.proposal.person
    give_directive(kind=DirectiveKind.PIN, referral=scene.proposal.referral, place=scene.hard, reason="", by=SYSTEM, at=AT)
    page = text_of(client, reverse("coordinator:round", args=[run(scene.programme).pk]))
    assert f"{person}: vastgezet op {scene.hard.title} kan niet meer, want: Het werk vraagt Nederlands" in " ".join(page.split())


def test_tabs_show_proposals_people_places_and_prices(scene: Scene, client: Client) -> None:
    """Proven best with bound, seed and digest; the other person with the obstacle; the empty place with its change; a price."""
    proposals = text_of(client, of_round(scene, "round"))
    assert "bewezen optimaal" in proposals
    assert scene.round.input_digest in proposals
    assert str(scene.proposal.person) in proposals
    assert "passende plaatsen ingenomen" in text_of(client, of_round(scene, "not_placed"))
    assert "Receptionist" in text_of(client, of_round(scene, "empty_places"))
    assert "Eén plaats meer" in text_of(client, of_round(scene, "prices"))


def test_send_says_the_consequence_and_sends_the_chosen(scene: Scene, client: Client) -> None:
    """GET shows what will happen; POST sends; sent twice with one key works once."""
    here = of_round(scene, "send")
    page = text_of(client, f"{here}?voorstel={scene.proposal.pk}")
    assert "1 persoon krijgt een brief" in page
    form = once(voorstel=str(scene.proposal.pk))
    assert [client.post(here, form).status_code for _ in range(2)] == [302, 302]
    scene.proposal.refresh_from_db()
    assert scene.proposal.state == "sent"
    assert "Wat je koos, is intussen beslist" in text_of(client, f"{here}?voorstel={scene.proposal.pk}")


def test_send_of_nothing_says_what_to_do(scene: Scene, client: Client) -> None:
    """With a draft left: how many wait and where to tick; with none left: that a new round can look again."""
    here = of_round(scene, "send")
    page = text_of(client, here)
    assert ("Er is niets gekozen" in page, "1 voorstel wacht op een beslissing" in page) == (True, True)
    assert client.post(here, once()).status_code == 200
    client.post(here, once(voorstel=str(scene.proposal.pk)))
    assert "Er blijft niets te versturen" in text_of(client, here)


def test_send_that_is_refused_says_why_and_keeps_the_draft(scene: Scene, client: Client) -> None:
    """The seat was held meanwhile: the proposal is not sent and the page says why."""
    hold_seats(place=scene.place, seats=1, until=ON.replace(day=20), reason="x", by=SYSTEM, at=AT)
    answer = client.post(of_round(scene, "send"), once(voorstel=str(scene.proposal.pk)), follow=True)
    scene.proposal.refresh_from_db()
    assert scene.proposal.state == "draft"
    assert "bezet, vrijgehouden of aan anderen voorgesteld" in answer.content.decode()


def test_decline_needs_a_reason(scene: Scene, client: Client) -> None:
    """Without a reason nothing happens and the page says so; with one the draft is set aside."""
    here = reverse("coordinator:decline", args=[scene.proposal.pk])
    assert client.post(here, once(reden=" ")).status_code == 409
    assert client.post(here, once(reden="verhuist")).status_code == 302
    scene.proposal.refresh_from_db()
    assert (scene.proposal.state, scene.proposal.decision_reason) == ("set_aside", "verhuist")


def test_decline_for_good_rules_the_pair_out(scene: Scene, client: Client) -> None:
    """The page says that a next round may propose the pair again; with the tick it may not, and the reason is kept twice."""
    here = reverse("coordinator:proposal", args=[scene.proposal.pk])
    assert "De volgende ronde kan dit paar opnieuw voorstellen" in text_of(client, here)
    client.post(reverse("coordinator:decline", args=[scene.proposal.pk]), once(reden="verhuist", ook_niet_meer="ja"))
    scene.proposal.refresh_from_db()
    asked = [(each.kind, each.reason, each.place_id) for each in Directive.objects.filter(ended_at=None)]
    assert (scene.proposal.state, asked) == ("set_aside", [("forbid", "verhuist", scene.proposal.place_id)])
    assert run(scene.programme, AT.replace(hour=11)).proposals.filter(person=scene.proposal.person).count() == 0


def test_decision_from_the_list_leads_back_to_its_row(scene: Scene, client: Client) -> None:
    """Each decision in the panel returns to the list with its filter and page, at the row; the panel carries the way."""
    listed = f"{of_round(scene, 'round')}?stand=draft&page=1"
    page = text_of(client, listed)
    panel = f"{reverse('coordinator:proposal', args=[scene.proposal.pk])}?terug={quote(listed)}"
    assert (panel in page, f'name="terug" value="{escape(listed)}"' in text_of(client, panel)) == (True, True)
    ended = {
        name: client.post(reverse(f"coordinator:{name}", args=[scene.proposal.pk]), once(reden="gesprek", terug=listed)).headers["Location"]
        for name in ("pin", "forbid", "stop_asking", "decline")
    }
    assert set(ended.values()) == {f"{listed}#v-{scene.proposal.pk}"}


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "/account/logout/", "javascript:alert(1)", "http://[", "nergens"],
)
def test_decision_never_leads_to_another_site_or_page(scene: Scene, client: Client, elsewhere: str) -> None:
    """Only a list of ours is returned to: anything else leads to the proposal's own page."""
    answer = client.post(reverse("coordinator:pin", args=[scene.proposal.pk]), once(reden="gesprek", terug=elsewhere))
    assert answer.headers["Location"] == reverse("coordinator:proposal", args=[scene.proposal.pk])


def test_sending_from_the_list_leads_back_to_it(scene: Scene, client: Client) -> None:
    """Cancelling and sending both return to the list as it was filtered."""
    listed = f"{of_round(scene, 'round')}?stand=draft"
    page = text_of(client, f"{of_round(scene, 'send')}?voorstel={scene.proposal.pk}&terug={quote(listed)}")
    assert page.count(f'href="{listed}"') == 2
    answer = client.post(of_round(scene, "send"), once(voorstel=str(scene.proposal.pk), terug=listed))
    assert answer.headers["Location"] == listed


def test_pages_under_a_round_stand_in_the_tab_of_rounds(scene: Scene, client: Client) -> None:
    """A proposal and a trial are part of the rounds: that tab is current, not the board."""
    current = re.compile(r'aria-current="page">([^<]+)')
    for page in (reverse("coordinator:proposal", args=[scene.proposal.pk]), reverse("coordinator:what_if"), of_round(scene, "send")):
        assert [word.strip() for word in current.findall(text_of(client, page))] == ["Rondes"]


def test_pin_forbid_and_let_go(scene: Scene, client: Client) -> None:
    """A pin holds until the pair is ruled out; letting go ends both."""
    for name in ("pin", "forbid"):
        client.post(reverse(f"coordinator:{name}", args=[scene.proposal.pk]), once(reden="gesprek"))
        assert list(Directive.objects.filter(ended_at=None).values_list("kind", flat=True)) == [name]
    assert "uitgesloten" in text_of(client, reverse("coordinator:proposal", args=[scene.proposal.pk]))
    client.post(reverse("coordinator:stop_asking", args=[scene.proposal.pk]), once())
    assert Directive.objects.filter(ended_at=None).count() == 0


def test_proposal_in_the_panel_is_a_fragment(scene: Scene, client: Client) -> None:
    """Htmx gets the panel, a plain browser the page."""
    here = reverse("coordinator:proposal", args=[scene.proposal.pk]) + "?paneel"
    assert "<html" in client.get(here).content.decode()
    assert "<html" not in client.get(here, headers={"HX-Request": "true"}).content.decode()


def test_changes_name_who_gained_lost_and_went_on(scene: Scene, client: Client) -> None:
    """After the pair is ruled out the other person gains the seat and the first one loses it."""
    give_directive(kind=DirectiveKind.FORBID, referral=scene.proposal.referral, place=scene.place, reason="", by=SYSTEM, at=AT)
    later = run(scene.programme, AT.replace(hour=11))
    page = text_of(client, reverse("coordinator:round_changes", args=[later.pk]))
    assert (page.count("wint een plek"), page.count("verliest de plek")) == (1, 1)
    assert "Dit is de eerste ronde" in text_of(client, of_round(scene, "round_changes"))


def test_health_is_not_on_any_page(scene: Scene, client: Client) -> None:
    """A limit of the body is named as such, never which one."""
    for place in (scene.place, scene.hard):
        place.demands, place.dutch_level = ["lifting"], "none"
        place.save()
    make_ready(scene.programme, limits=["lifting"])
    later = run(scene.programme, AT.replace(hour=11))
    pages = [text_of(client, reverse(f"coordinator:{name}", args=[later.pk])) for name in ("round", "not_placed")]
    assert "niet past bij de gezondheid" in pages[1]
    assert [page.count("zwaar tillen") for page in pages] == [0, 0]


def test_export_of_a_round_is_a_workbook_and_is_kept_in_the_log(scene: Scene, client: Client) -> None:
    """The file is a workbook; who took it out is an audit row."""
    answer = client.post(of_round(scene, "export_round"))
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert AuditEntry.objects.get(action="export_round").actor_id == str(scene.coordinator.pk)


def test_order_is_set_once_and_refuses_a_number_twice(scene: Scene, client: Client) -> None:
    """A rank given twice is said in words; a right order is stored and published."""
    here = reverse("coordinator:order")
    ranks = {"placed": "1", "priority": "2", "wishes": "3", "waiting": "4", "learning": "5", "travel": ""}
    assert client.post(here, once(**ranks | {"wishes": "2"})).status_code == 422
    assert client.post(here, once(**ranks)).status_code == 302
    scene.programme.refresh_from_db()
    assert scene.programme.order == ["placed", "priority", "wishes", "waiting", "learning"]
