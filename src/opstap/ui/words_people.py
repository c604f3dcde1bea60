"""Reasons of the people room in words."""

TEXTS: dict[str, str] = {
    "people.may_not_register": "Only a counsellor, a team lead or a coordinator can add somebody.",
    "people.may_not_change": "You do not follow this person, so you cannot change the record. Ask the counsellor who does.",
    "people.may_not_apply_lists": "Only a coordinator of the programme can apply a list.",
    "people.may_not_merge": "You can only merge or keep apart two different people whom you both follow or coordinate.",
    "people.already_merged": "One of these records was already merged. Open the remaining record and look again.",
    "people.merge_both_under_way": "Both records have a proposal or placement in the same programme. End one of them first, then merge.",
    "people.merged": "The record was merged with another record of the same person.",
    "people.client_number_in_use": "Somebody with client number {number} is already here. Open that record instead of adding a new one.",
    "people.name_missing": "Fill in a last name or a client number.",
    "people.changed_meanwhile": "Somebody changed this record while you were working: {changed}. Look at the new values and save again.",
    "people.value_not_allowed": "“{value}” is not a possible value for {fact}.",
    "people.same_national_number": "the same national number",
    "people.same_client_number": "the same client number",
    "people.same_birth_date": "the same date of birth",
    "people.same_phone": "the same telephone number",
    "people.same_email": "the same e-mail address",
    "people.same_name": "the same name",
    "people.similar_name": "a similar name",
    "people.other_name": "but another name",
}
