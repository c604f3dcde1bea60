"""The rules of follow-up for staff and for the person, the tasks that they open, and why a task cannot be changed."""

TEXTS: dict[str, str] = {
    "outbox.email": "by e-mail",
    "outbox.sms": "by text message",
    "outbox.letter": "by letter",
    "outbox.queued": "waits to be sent",
    "outbox.taken": "is being sent",
    "outbox.sent": "sent",
    "outbox.cancelled": "not sent: it was no longer needed",
    "outbox.failed": "did not arrive",
    "referrals.scope.full": "the whole file, like the counsellor",
    "referrals.scope.plan": "plan and agreement only",
    "referrals.scope.attendance": "days and hours only",
    "followup.absences_in_row": "absent several days in a row",
    "followup.no_contact": "no contact for a while",
    "followup.goal_not_moved": "a goal that did not move",
    "followup.agreement_ending": "agreement ends, next step unknown",
    "followup.work_over": "the agreed work is over",
    "followup.evaluation_overdue": "evaluation did not come",
    "followup.mentor_away": "mentor away, nobody stands in",
    "followup.relay_late": "nobody took over in time",
    "followup.open": "still open",
    "followup.done": "done",
    "followup.dropped": "not needed",
    "followup.handled": "done",
    "followup.cause_gone": "the cause was gone",
    "followup.not_needed": "not needed",
    "followup.rule.absences_in_row": (
        "After {times} {times:day|days} of absence without leave in a row, call the person within {due} {due:day|days}."
    ),
    "followup.rule.no_contact": "After {days} {days:day|days} without contact, call the person within {due} {due:day|days}.",
    "followup.rule.goal_not_moved": "When nothing happened to a goal for {weeks} weeks, talk about it within {due} {due:day|days}.",
    "followup.rule.agreement_ending": "When an agreement ends within {days} {days:day|days} and no next step is known, "
    "plan one within {due} {due:day|days}.",
    "followup.rule.work_over": "When the last agreed day of work is past, end the work within {due} {due:day|days}.",
    "followup.rule.evaluation_overdue": (
        "When an evaluation is {days} {days:day|days} late, call the work floor within {due} {due:day|days}."
    ),
    "followup.rule.mentor_away": "When a mentor is away within {days} {days:day|days} and nobody stands in, find somebody within {due} "
    "{due:day|days}.",
    "followup.rule.relay_late": "When nobody answers a relay within {days} {days:day|days}, find out who takes over within {due} "
    "{due:day|days}.",
    "followup.rule_for_person.relay_late": (
        "We ask somebody to go on with you. Nobody says yes within {days} {days:day|days}? Then we look for somebody else."
    ),
    "followup.rule_for_person.absences_in_row": "You missed {times} {times:day|days} in a row and we do not know why. Then we call you.",
    "followup.rule_for_person.no_contact": "We did not speak for {days} {days:day|days}. Then we call you to hear how you are doing.",
    "followup.rule_for_person.goal_not_moved": "Nothing changed for a goal in your plan for {weeks} weeks. Then we talk about it with you.",
    "followup.rule_for_person.agreement_ending": (
        "Your agreement stops within {days} {days:day|days}. Then we call you: what do you want to do next?"
    ),
    "followup.rule_for_person.work_over": "Your last agreed day at work is past. Then we talk with you about what comes next.",
    "followup.rule_for_person.evaluation_overdue": "Your mentor did not write how it goes. Then we call your mentor, and sometimes you.",
    "followup.rule_for_person.mentor_away": "Your mentor is away and nobody takes over. Then we look for somebody else for you.",
    "followup.person.absences_in_row": "We call you because you were not there since {from}. Is something wrong? We look for a solution "
    "together.",
    "followup.person.no_contact": "We call you because we did not speak since {since}. How are you doing?",
    "followup.person.goal_not_moved": "We call you because nothing changed for a goal in your plan since {since}. Is the goal still right "
    "for you?",
    "followup.person.agreement_ending": "We call you because your agreement stops after {last}. What do you want to do next?",
    "followup.person.work_over": "Your agreement stopped on {last}. We talk with you about what comes next.",
    "followup.person.evaluation_overdue": "We ask your mentor how it goes at work. You will read the answer here.",
    "followup.person.mentor_away": "Your mentor is away. We look for somebody who helps you at work.",
    "followup.task.absences_in_row": "{count} {count:day|days} absent in a row, from {from} to {last}",
    "followup.task.no_contact": "no contact since {since}",
    "followup.task.goal_not_moved": "{goals} {goals:goal|goals} not moved, since {since}",
    "followup.task.agreement_ending": "last day {last} at {place}, no next step known",
    "followup.task.work_over": "the last day at {place} was {last}: end the work, or let everybody sign an addendum",
    "followup.task.evaluation_overdue": "evaluation at {place} was due on {due}; call {mentor}",
    "followup.task.mentor_away": "{mentor} is away from {from} to {last}; {learners} {learners:learner|learners} at {place} without a "
    "guide",
    "followup.person.relay_late": "We asked somebody to go on with you. There is no answer yet. We look into it.",
    "followup.task.relay_late": "{recipient} had until {until} to take over and did not answer",
    "followup.may_not_set_numbers": "Only a coordinator of this programme sets when somebody is called.",
    "followup.number_out_of_range": "{rule}: choose a number from {least} to {most}.",
    "followup.number.times": "Absences in a row",
    "followup.number.days": "Days",
    "followup.number.weeks": "Weeks",
    "followup.number.due": "Days to do the task",
    "followup.number_does.times": "So many days without leave open a task.",
    "followup.number_does.days": "So many days open a task.",
    "followup.number_does.weeks": "So many weeks open a task.",
    "followup.number_does.due": "The last day of the task.",
    "followup.only_the_product": "Tasks are opened by the product itself, at night.",
    "followup.may_not_handle": "Only who follows this person can close this task.",
    "followup.closed_already": "This task was closed already.",
    "followup.not_needed_says_why": "Say why it is not needed, so that a colleague understands it.",
    "followup.put_off_says_why": "Say why it can wait, so that a colleague understands it.",
}
