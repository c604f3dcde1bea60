"""Mentors in plain words: every "no" of trainings, certificates and absences, what puts a place at risk, what a package still misses."""

TEXTS: dict[str, str] = {
    "mentoring.plan": "make a plan and fit it to the person",
    "mentoring.instruct": "give clear instructions",
    "mentoring.communicate": "communicate and motivate",
    "mentoring.follow": "follow progress",
    "mentoring.feedback": "give feedback",
    "mentoring.adjust": "adjust",
    "mentoring.evaluate": "evaluate",
    "mentoring.enrolled": "enrolled",
    "mentoring.attended": "was at the training",
    "mentoring.missed": "missed the training",
    "mentoring.cancelled": "seat cancelled",
    "mentoring.may_not_offer": "Only a coordinator of this programme offers trainings.",
    "mentoring.may_not_enrol": "You can only enrol your own mentors for trainings of your own programme.",
    "mentoring.may_not_note": "Only a coordinator of this programme notes who was at a training.",
    "mentoring.may_not_certify": "Only a coordinator of this programme gives certificates.",
    "mentoring.may_not_look_after": "Only the mentor, the own organisation or the coordinator can change this.",
    "mentoring.may_not_export": "Only a coordinator of this programme takes this file.",
    "mentoring.training_in_the_past": "This moment is over. Choose a day that still comes.",
    "mentoring.training_ends_before_it_starts": "A training ends after it starts. Look at the hours.",
    "mentoring.training_about_nothing": "Choose at least one topic.",
    "mentoring.training_full": "All {places} {places:seat|seats} are taken. Choose another training, or ask for more seats.",
    "mentoring.training_cancelled": "This training was called off. Choose another one.",
    "mentoring.training_has_begun": "This training has begun. Choose one that still comes.",
    "mentoring.training_not_yet": "The training is on {on} at {time}. Note who was there from then on.",
    "mentoring.state_cannot_follow": "This seat is cancelled. Enrol the mentor again.",
    "mentoring.certificate_given": "The certificate was given already, so who was there stays as it is.",
    "mentoring.was_not_there": "{name} was not noted as being at the training. Note that first.",
    "mentoring.certificate_before_training": "A certificate is given on the day of the training or later.",
    "mentoring.certificate_without_source": "Fill in where the certificate was earned.",
    "mentoring.certificate_ends_before": "A certificate ends after it begins. Look at the days.",
    "mentoring.back_before_away": "The day back comes after the first day away. Look at the days.",
    "mentoring.away_already": "Already away from {from}, back on {until}. Change that absence.",
    "mentoring.back_up_of_another_host": "Choose another mentor of the same organisation.",
    "mentoring.back_up_not_trained": "{name} has no certificate that holds on all these days. Enrol {name} for a training, or choose "
    "somebody else.",
    "mentoring.back_up_away": "{name} is away too, from {from} and back on {until}. Choose somebody else, or other days.",
    "mentoring.risk_away": "{name} is away from {from}, back on {until}. Nobody stands in, and {learners} "
    "{learners:learner is|learners are} there.",
    "mentoring.risk_certificate": "The certificate of {name} holds until {from}. After that {learners} {learners:learner "
    "is|learners are} without a trained mentor.",
    "mentoring.solve_back_up": "Name who stands in: {names}.",
    "mentoring.solve_nobody": "Nobody else here has a certificate that holds then. Train a second mentor.",
    "mentoring.solve_close": "Close the floor on those days, and tell the learners.",
    "mentoring.solve_training": "Enrol {name} for a training before {from}.",
    "mentoring.package_places": "{missing} {missing:seat|seats} short of {places}. Every seat must be there besides what other "
    "measures pay.",
    "mentoring.package_mentors": "{missing} {missing:mentor|mentors} with a certificate short of {mentors}.",
    "mentoring.package_no_mentor": "{place} ({host}): no mentor.",
    "mentoring.package_untrained": "{place} ({host}): {name} has no certificate that holds.",
    "mentoring.package_no_tasks": "{place} ({host}): the tasks are not filled in.",
    "mentoring.package_no_competences": "{place} ({host}): what is learned is not filled in.",
    "mentoring.package_no_hours": "{place} ({host}): the hours a month are not filled in.",
    "mentoring.package_not_confirmed": "{place} ({host}): not confirmed for {days} {days:day|days}.",
    "mentoring.package_never_confirmed": "{place} ({host}): never confirmed by the host.",
    "placements.mentor_not_trained": "{mentor} has not had the mentor training. It is needed before somebody starts on {on}.",
    "placements.mentor_not_known": (
        "{mentor} is not in the list of mentors of {host}, and who guides has had the mentor training. Correct the name on the agreement, "
        "or let the coordinator add the mentor with the certificate."
    ),
    "placements.mentor_has_no_room": (
        "{mentor} may guide {limit} {limit:person|people} at a time, and would guide more from {on} on. "
        "Name another mentor on the agreement."
    ),
    "placements.mentor_certificate_ended": "The certificate of {mentor} holds until {until}. A new one is needed before somebody starts on "
    "{on}.",
}
