"""What a job seeker reads is plain Dutch: short sentences, short words, "je"; and nobody is addressed with "u"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from laws.plain_language import is_formal, jargon, lix, readable, sentences, words
from laws.source import PACKAGE, name_of, tree
from laws.texts import in_python, in_template
from opstap.ui.catalogue import merged
from opstap.ui.words import texts, translate

MOST_LIX = 40
MOST_WORDS = 20
FRAGMENT = 5
"""A text of fewer words is a label: it has no sentences to measure."""

FOR_PEOPLE = (
    "desks/jobseeker/*.py",
    "desks/jobseeker/views/*.py",
    "desks/jobseeker/templates/**/*.html",
    "desks/public/menu.py",
    "desks/public/directory/*.py",
    "desks/public/pages/*.py",
    "desks/public/templates/public/*.html",
    "ui/errors.py",
    "ui/letters.py",
    "ui/maps.py",
    "ui/templates/ui/base.html",
    "ui/templates/ui/document.html",
    "ui/templates/ui/errors/*.html",
    "ui/templates/ui/mail/*.txt",
    "ui/templates/4*.html",
    "ui/templates/5*.html",
)
"""Where the texts stand that a job seeker reads, beside the reasons whose code ends in `.person`."""
FOR_STAFF = {"letters.html", "host.txt"}
"""Files among those whose texts only staff and hosts read."""


def files_for_people() -> list[Path]:
    """Return the modules and templates whose texts a job seeker reads."""
    found = {path for pattern in FOR_PEOPLE for path in PACKAGE.glob(pattern)}
    return sorted(path for path in found if path.name not in FOR_STAFF)


def texts_for_people() -> Iterator[tuple[str, str]]:
    """Yield each Dutch text that a job seeker reads, after where it stands."""
    for code, english in texts().items():
        if code.endswith(".person"):
            yield code, translate(english)
    dutch = {(entry.msgctxt, entry.msgid): entry for entry in merged("nl")}
    for path in files_for_people():
        for text in in_python(tree(path), name_of(path)) if path.suffix == ".py" else in_template(path):
            entry = dutch.get((text.context, text.singular))
            if entry is not None:
                yield from ((text.where, each) for each in entry.msgstr_plural.values() or [entry.msgstr])


READ = {readable(text): where for where, text in texts_for_people()}
SAID = [pytest.param(text, id=f"{where} {text[:40]}") for text, where in sorted(READ.items())]


def test_files_for_people_are_found() -> None:
    """Every pattern finds texts, so that a file that moves does not leave the law in silence."""
    assert [pattern for pattern in FOR_PEOPLE if not set(PACKAGE.glob(pattern)).intersection(files_for_people())] == []
    assert sum(code.endswith(".person") for code in texts()) > FRAGMENT
    assert len(READ) > 100


@pytest.mark.parametrize("text", SAID)
def test_text_for_people_is_plain(text: str) -> None:
    """Short sentences of short words, without the language of the office."""
    is_label = len(words(text)) < FRAGMENT
    assert is_label or lix(text) < MOST_LIX
    assert [sentence for sentence in sentences(text) if len(words(sentence)) > MOST_WORDS] == []
    assert jargon(text) == []


def test_nobody_is_addressed_formally() -> None:
    """Job seekers, counsellors, hosts and coordinators are all "je"."""
    dutch = [(entry.msgid, each) for entry in merged("nl") for each in entry.msgstr_plural.values() or [entry.msgstr]]
    assert [msgid for msgid, text in dutch if is_formal(text)] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("Je kan komen.", 3),
        ("Je kan komen. Bel ons.", 2.5),
        ("Je bent ingeschreven als werkzoekende.", 45),
        ("Bel 059 12 34 56: we helpen je.", 2),
        ("Stuur een e-mail.", 3),
        ("Telefoon", 101),
    ],
)
def test_lix_by_hand(text: str, number: float) -> None:
    """Words per sentence, and long words in a hundred; a number is no word, a hyphen no letter."""
    assert lix(text) == number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Antwoord voor <strong>%(day)s</strong>.", "Antwoord voor dit."),
        ("{minutes} {minutes:minuut|minuten} ({mode})", "dit minuten (dit)"),
        ("Je woont in {municipality}.", "Je woont in dit."),
    ],
)
def test_readable_leaves_out_what_is_filled_in(text: str, read: str) -> None:
    """Marks are not read, and a fact counts as one short word: its length is not the writer's."""
    assert readable(text) == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gelieve uw motivering toe te voegen.", ["gelieve", "motivering"]),
        ("De rechter beslist.", []),
        ("Dit instrument stopt.", ["instrument"]),
    ],
)
def test_jargon_is_found_at_the_start_of_words(text: str, found: list[str]) -> None:
    """A word of the office is found however it ends, and not inside another word."""
    assert jargon(text) == found


def test_formal_is_told_from_words_with_a_u() -> None:
    """Only the word itself is formal."""
    said = ("Wat kunt u doen?", "Uw brief", "Dat kan u.", "Elk uur", "Je kan nu starten.", "Gebruik je code.")
    assert [text for text in said if is_formal(text)] == ["Wat kunt u doen?", "Uw brief", "Dat kan u."]
