"""A plan on paper: the page's rows as ready sentences in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from opstap.bridges.pdf.plans import PlanGoal, PlanPaper, PlanRemark, plan_pdf
from opstap.engine.shared import Reason
from opstap.journey.plans.enums import CommentSide, GoalState
from opstap.ui.components.status import day, language
from opstap.ui.components.status import reason as in_words
from opstap.ui.site import current_site

if TYPE_CHECKING:
    from opstap.journey.plans.enums import Level
    from opstap.journey.plans.models import SupportPlan
    from opstap.steering.overviews.queries.journey_plan import ActionRow, GoalRow, PlanPage


def plan_file(page: PlanPage) -> HttpResponse:
    """Return the page's version as a file to print; no shared computer keeps it."""
    response = HttpResponse(plan_pdf(plan_paper(page)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{page.plan.version if page.plan else 0}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def plan_paper(page: PlanPage) -> PlanPaper:
    """Return a version on paper; raises ValueError when there is none yet."""
    plan, site = page.plan, current_site()
    if plan is None:
        raise ValueError("there is no plan to print")
    agreed = _("You said that this is right, on %(day)s.") % {"day": day(plan.agreed_at)} if plan.agreed_at else _("Is this right?")
    counsellor = str(page.referral.counsellor or "")
    return PlanPaper(
        title=capfirst(in_words(Reason(f"plans.{plan.kind}"))),
        name=str(page.referral.person),
        reference=_reference(plan),
        aim_title=_("Where you want to go"),
        aim=plan.aim or "–",
        goals_title=_("Your goals"),
        action_heads=(_("What"), _("Who"), _("By when"), _("Done")),
        goals=tuple(_goal(goal, counsellor) for goal in page.goals if goal.state is not GoalState.DROPPED),
        levels_title=_("What you are able to do"),
        level_heads=(_("Work"), _("Now"), _("You want")),
        levels=tuple((each.competence.label, _level(each.present), _level(each.future)) for each in page.standings),
        remarks_title=_("What was said"),
        remarks=tuple(PlanRemark(each.text, f"{_who(each.by_side)}, {day(each.at)}") for each in page.comments),
        agreed=agreed,
        signatures=() if plan.agreed_at else (f"{page.referral.person}", counsellor or _("Your counsellor")),
        footer=f"{site.product} · {site.city} · {site.desk_phone}",
        written_on=page.on,
        author=site.city,
        language=language(),
    )


def _reference(plan: SupportPlan) -> str:
    state = in_words(Reason(f"plans.state.{plan.state}"))
    on = day(plan.shared_on or localdate(plan.made_at))
    return _("Version %(version)s, %(state)s, %(day)s") % {"version": plan.version, "state": state, "day": on}


def _goal(goal: GoalRow, counsellor: str) -> PlanGoal:
    about = in_words(goal.about)
    until = _("by %(day)s") % {"day": day(goal.target_on)} if goal.target_on else ""
    state = "" if goal.state is GoalState.OPEN else in_words(Reason(f"plans.goal.{goal.state.value}"))
    first = ", ".join(part for part in (about, until, state) if part)
    lines = tuple(line for line in (first, goal.competence) if line)
    return PlanGoal(goal.text, lines, tuple(_action(action, counsellor) for action in goal.actions))


def _action(action: ActionRow, counsellor: str) -> tuple[str, str, str, str]:
    names = {"person": _("you"), "counsellor": counsellor or _("your counsellor"), "mentor": _("your mentor"), "other": action.owner_name}
    return action.text, names[action.owner.value], day(action.due_on), day(action.done_on)


def _level(level: Level | None) -> str:
    return "–" if level is None else in_words(Reason(f"plans.level.{int(level)}"))


def _who(side: str) -> str:
    return _("you") if side == CommentSide.PERSON else _("your counsellor")
