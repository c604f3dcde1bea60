"""The planner's pages of an association, for the table: name, and whether it is read or sent."""

PAGES = ("home", "candidates", "workers", "worker", "premiums", "functions", "demand", "lists", "list")
FORMS = (
    "terms", "join", "leave", "new_site", "site", "close_site", "new_coach", "coach", "coach_away", "candidate", "hire", "new_worker",
    "contract", "support", "reach", "end_contract", "skills", "wishes", "worker_away", "worker_back", "new_function", "shortages",
    "function", "new_demand", "change_demand", "upload_list",
)  # fmt: skip
BUTTONS = ("open_site", "stop_coach", "coach_back", "never_away", "flag_function", "drop_demand", "apply_list", "set_list_aside")
ASSOCIATION = (
    *((name, "planner", "") for name in PAGES),
    *((name, "planner", "planner") for name in FORMS),
    *((name, "", "planner") for name in BUTTONS),
)
