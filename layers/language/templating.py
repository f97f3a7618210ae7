"""The words of templates: `_("…")` and `ngettext("…", "…", count)`, with {gaps} as captions have them.

What is said is escaped where the template escapes: in a translation no tag is one.
"""

from typing import Any

import jinja2
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from layers.language.capitals import first_capital
from layers.language.catalogues import form_for, plural_forms, translated
from layers.language.speaking import spoken
from layers.language.written import Caption, listed, number, short_date

FUNCTIONS = ("_", "ngettext")  # what the extraction looks for


def give_words(environment: jinja2.Environment) -> None:
    """Give the templates of an environment the functions by which they speak."""
    said = {"_": _text, "ngettext": _counted, "labelled": _labelled}
    environment.globals |= {**said, "number": number, "listed": listed, "spoken": spoken}
    environment.filters |= {"first_capital": first_capital, "short_date": short_date}


@jinja2.pass_eval_context
def _text(context: EvalContext, text: str, /, **values: Any) -> str:  # noqa: ANN401 - whatever fills a gap
    return _filled(context, translated(text), values)


@jinja2.pass_eval_context
def _counted(
    context: EvalContext,
    one: str,
    other: str,
    count: int,
    /,
    **values: Any,  # noqa: ANN401
) -> str:
    return _filled(context, form_for(plural_forms(one, other), count), {"count": count, **values})


@jinja2.pass_eval_context
def _labelled(context: EvalContext, label: str, /) -> str:
    return _text(context, "{label}:", label=label)


def _filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    if not context.autoescape:
        return Caption(text).format(**values)
    safe = {key: value if isinstance(value, int | float) else escape(value) for key, value in values.items()}
    return Markup(Caption(escape(text)).format(**safe))  # noqa: S704 - all of it was escaped just now
