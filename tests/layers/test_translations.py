"""The catalogues: whole and sound where they are begun, and what a spoiled one is told."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from layers import Atlas
from layers.data.translated import WORDS_OF
from layers.language.catalogues import LOCALE, form_for, po_file
from layers.language.speaking import SPOKEN, speaking, spoken
from layers.language.written import Caption, labelled, long_date, number, short_date
from layers.style.captions import captions, counted, date_range
from layers.translated_atlas import translated_atlas
from layers.translations.extraction import extracted
from layers.translations.faults import catalogue_faults
from layers.translations.updating import update

HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""
ONE = """msgctxt "captions.json#reader.search.passages"
msgid "{count} passage"
msgid_plural "{count} passages"
"""
SHORT = 'msgctxt "captions.json#dates.held"\nmsgid "{a} of {b}"\n'
# What an entry of the Russian catalogue says, and what is told of it.
SPOILED = {
    f'{SHORT}msgstr "{{a}}"\n': "found the gaps of '{a}'",
    f'{SHORT}msgstr "{{b}} {{a}} {{c}}"\n': "found the gaps of '{b} {a} {c}'",
    f'{SHORT}msgstr "{{a}} {{b"\n': "found the gaps of '{a} {b'",
    f'{SHORT}msgstr "<b>{{a}}</b> {{b}}"\n': "found the markup '<b>'",
    f'{SHORT}msgstr "{{a}}&nbsp;{{b}}"\n': "found the markup '&nbsp;'",
    f'{SHORT}msgstr " {{b}}, {{a}}"\n': "found blanks at the ends of ' {b}, {a}'",
    f'{ONE}msgstr[0] "{{count}} я"\nmsgstr[1] "{{count}} я"\n': "found 2 forms, expected 3",
    f'#, fuzzy\n{SHORT}msgstr "{{a}} {{b}}"\n': "found a text that nothing says any more",
    "no entry\n": "found unreadable",
}


def test_catalogues_have_no_faults() -> None:
    assert [str(fault) for fault in catalogue_faults()] == []


def test_catalogues_are_as_the_command_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "locale"
    shutil.copytree(LOCALE, copy)
    monkeypatch.setattr("layers.translations.updating.LOCALE", copy)
    monkeypatch.setattr("layers.translations.updating.po_file", lambda *which: po_file(*which, copy))
    update()

    changed = [
        path
        for path in LOCALE.rglob("*.po*")
        if path.read_bytes() != (copy / path.relative_to(LOCALE)).read_bytes()
    ]
    assert changed == []


def test_text_that_was_changed_keeps_its_translation_as_doubtful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.translations.updating.LOCALE", tmp_path)
    monkeypatch.setattr("layers.translations.updating.po_file", lambda *which: po_file(*which, tmp_path))
    path = po_file("az", "interface", tmp_path)
    path.parent.mkdir(parents=True)
    head = HEAD.format(language="az", plurals="nplurals=2; plural=(n != 1);")
    said = 'msgctxt "captions.json#title"\nmsgid "Once another title"\nmsgstr "Başqa ad"\n'
    path.write_text(f"{head}{said}", encoding="utf-8")
    update()

    assert '#, fuzzy\nmsgctxt "captions.json#title"\nmsgid "Upper' in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("fuzzy") == 1
    others = [
        po_file(language, "interface", tmp_path).read_text(encoding="utf-8") for language in ("hy", "ru")
    ]
    assert [text for text in others if "Başqa ad" in text] == []


def test_spoiled_catalogue_is_named_with_file_and_entry(tmp_path: Path) -> None:
    path = po_file("ru", "interface", tmp_path)
    path.parent.mkdir(parents=True)
    missed = []
    for entry, told in SPOILED.items():
        path.write_text(HEAD.format(language="ru", plurals="nplurals=3; plural=0;") + entry, encoding="utf-8")
        faults = [str(fault) for fault in catalogue_faults(tmp_path)]
        if not any(told in fault and fault.startswith("ru/interface.po, ") for fault in faults):
            missed.append((told, faults[:3]))

    assert missed == []


def test_begun_catalogue_lacks_whatever_it_does_not_say(tmp_path: Path) -> None:
    path = po_file("az", "interface", tmp_path)
    path.parent.mkdir(parents=True)
    text = (
        HEAD.format(language="az", plurals="nplurals=2; plural=(n != 1);")
        + 'msgid "Compare"\nmsgstr "Müqayisə"\n'
    )
    path.write_text(text, encoding="utf-8")

    lacking = [fault for fault in catalogue_faults(tmp_path) if fault.found == "no translation"]
    assert len(lacking) == len([message for message in extracted("interface") if message.id]) - 1


def test_numbers_dates_and_counts_are_written_as_the_language_does() -> None:
    told = {}
    for language in SPOKEN:
        with speaking(language):
            days = date_range("2020-12-01", "2020-12-08"), short_date("2020-11-10")
            told[language] = number(1998.46, ",.1f"), Caption("{km2:,.0f} km²").format(km2=4470.2), *days

    assert told == {
        "en": ("1,998.5", "4,470 km²", "1–8 December 2020", "10 Nov"),  # noqa: RUF001
        "az": ("1.998,5", "4.470 km²", "1–8 dekabr 2020", "10 noy"),  # noqa: RUF001
        "hy": ("1\xa0998,5", "4\xa0470 km²", "1–8 դեկտեմբերի, 2020 թ.", "10 նոյ"),  # noqa: RUF001
        "ru": ("1\xa0998,5", "4\xa0470 km²", "1–8 декабря 2020\xa0г.", "10 нояб."),  # noqa: RUF001
    }


def test_punctuation_between_texts_is_that_of_the_language() -> None:
    joined = {}
    for language in SPOKEN:
        with speaking(language):
            sentence = captions()["sentences"]["on_date"].format(date=long_date("2020-11-09"), holder="A")
            joined[language] = sentence, labelled("A"), captions()["dates"]["and"]
            joined[language] += (captions()["in_words"]["held"].format(spans=long_date("2020-11-09")),)

    assert joined == {
        "en": ("9 November 2020: A.", "A:", "; ", "9 November 2020."),
        "az": ("9 noyabr 2020: A.", "A:", "; ", "9 noyabr 2020."),
        "hy": ("9 նոյեմբերի, 2020 թ.՝ A։", "A՝", ". ", "9 նոյեմբերի, 2020 թ.։"),  # noqa: RUF001
        "ru": ("9 ноября 2020\xa0г.: A.", "A:", "; ", "9 ноября 2020\xa0г."),  # noqa: RUF001
    }


def test_forms_of_counted_things_follow_the_language() -> None:
    forms = {"one": "a", "few": "b", "many": "c"}
    with speaking("ru"):
        russian = [form_for(forms, count) for count in (0, 1, 2, 5, 11, 21, 104)]
    with speaking("hy"):
        armenian = [form_for({"one": "a", "other": "b"}, count) for count in (0, 1, 2)]

    assert (russian, armenian) == (["c", "a", "b", "c", "c", "a", "b"], ["a", "a", "b"])
    assert counted(captions()["reader"]["search"]["passages"], 1) == "1 passage"


def test_english_is_spoken_again_afterwards() -> None:
    with pytest.raises(ValueError, match="speaks en, az, hy, ru"), speaking("de"):
        pass
    with speaking("az"):
        assert spoken() == "az"

    assert spoken() == "en"


def test_names_quotes_and_geometry_are_the_same_in_every_language(atlas: Atlas) -> None:
    with speaking("ru"):
        russian = translated_atlas(atlas)
    same = [
        feature.id
        for feature in atlas.features.values()
        if (other := russian.features[feature.id]).geometry is feature.geometry
        and other.names == feature.names
        and other.quotes == feature.quotes
    ]

    assert same == list(atlas.features)
    assert [claim.measured for claim in russian.claims] == [claim.measured for claim in atlas.claims]
    assert russian.article is atlas.article


def test_a_translated_text_of_the_data_is_said_in_every_place(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each text is told backwards, in place of a catalogue: what is left in English is not looked up."""
    monkeypatch.setattr("layers.data.translated.translated", lambda text, *_: text[::-1])
    with speaking("az"):
        other = translated_atlas(replace(atlas))  # another one: what was said before is kept
    layer, claim = other.layers["places"], other.claims[0]

    assert layer.title == atlas.layers["places"].title[::-1]
    assert layer.features[0].summary == atlas.layers["places"].features[0].summary[::-1]
    assert claim.claim == atlas.claims[0].claim[::-1]
    assert claim.figure == atlas.claims[0].figure
    assert other.annotations.days[0].happened == atlas.annotations.days[0].happened[::-1]
    assert "quotes.json" not in WORDS_OF
