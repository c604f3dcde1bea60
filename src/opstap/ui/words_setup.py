"""Reasons of the organisations and programmes rooms in words."""

TEXTS: dict[str, str] = {
    "organisations.may_not_add": "Only an administrator can add an organisation.",
    "programmes.may_not_set_up": "Only an administrator can set up a programme.",
}
