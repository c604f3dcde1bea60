"""The postman: every five minutes the outbox gives what may leave, and it leaves by e-mail or SMS."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from opstap.bridges.sms import provider_at
from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.foundation.outbox.enums import MessageChannel
from opstap.foundation.outbox.operations import note_failed, note_sent, take_due
from opstap.foundation.outbox.queries import still_goes
from opstap.journey.referrals.queries import restraints_of
from opstap.ui.outgoing import as_mail, as_sms, link_for

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.foundation.outbox.models import Message

AT_ONCE = 200


@app.periodic(cron="*/5 * * * *")
@app.task(name="outbox.send", queue="mail")
def send(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Send what is due; one that fails does not keep the others."""
    by = system_actor("worker")
    for message in take_due(limit=AT_ONCE, restraint_of=restraints_of, by=by, at=clock.now()):
        send_one(message, by)


def send_one(message: Message, by: Actor) -> None:
    """Send one message that was taken, unless it was cancelled since; a failure is kept with its reason and tried again later."""
    if not still_goes(message):
        return
    try:
        with transaction.atomic():
            text = _bring(message, by)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the others leave, and its reason is kept
        note_failed(message=message, reason=type(error).__name__, by=by, at=clock.now())
        return
    note_sent(message=message, digest=hashlib.sha256(text.encode()).hexdigest(), by=by, at=clock.now())


def _bring(message: Message, by: Actor) -> str:
    """Make the link and bring the message; return what it said. When bringing fails, the link is not kept either."""
    link = link_for(message, by, clock.now())
    if message.channel == MessageChannel.SMS:
        text = as_sms(message, link)
        provider_at(settings.SMS_PROVIDER).send(message.address, text, clock.now())
        return text
    mail = as_mail(message, link)
    send_mail(mail.subject, mail.text, None, [message.address])
    return mail.text
