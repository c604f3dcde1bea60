"""People move house: another address, noted by who follows them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.engine.shared import Refused
from opstap.journey.people.operations import update_contact
from opstap.journey.referrals.queries import followed_referrals, visible_referrals

if TYPE_CHECKING:
    from opstap.config.simulation.world import World


def move_house(world: World, on: date) -> None:
    """Let a few people of the programme move within the region this month."""
    towns = world.cast.programme.municipalities
    followed = visible_referrals(NIGHT).filter(programme=world.cast.programme).exclude(stage="closed")
    named = (
        followed.select_related(None)
        .select_related("person")
        .only("id", "person__client_number", "person__folded_name", "person__birth_date")
    )
    moving = [row.pk for row in named if world.luck.happens(world.habits.moves_house / 12, "moves", key_of(row.person), on)]
    for referral in followed.filter(pk__in=moving).select_related("person", "counsellor"):
        who = (key_of(referral.person), on)
        actor = world.cast.counsellor(referral)
        street = f"Verhuisstraat {world.luck.between(1, 200, 'number', *who)}"
        given = {"street": street, "municipality": world.luck.one_of(towns, "town", *who), "neighbourhood": "", "postcode": ""}
        try:
            version = referral.person.version
            update_contact(
                person=referral.person, contact=given, version=version, within=followed_referrals(actor), by=actor, at=world.at(on)
            )
        except Refused as refused:
            world.told.refuse(refused.reason.code)
            continue
        world.told.moved += 1
