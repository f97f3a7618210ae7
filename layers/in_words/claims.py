"""How the article's spatial claims come out, counted, and why some can't be settled."""

from collections import Counter

from layers.atlas import Atlas
from layers.in_words.wording import joined, say
from layers.language.written import listed
from layers.style.captions import captions, counted


def claims_counted(atlas: Atlas) -> tuple[str, ...]:
    """Return how many claims there are and how many have which verdict, and the reasons of the unsettled."""
    reader = captions()["reader"]
    verdicts = Counter(claim.verdict for claim in atlas.claims)
    reasons = Counter(claim.reason for claim in atlas.claims if claim.reason)
    each = (
        counted(texts["counted"], verdicts[key]) for key, texts in reader["verdicts"].items() if verdicts[key]
    )
    why = joined(
        reasons.most_common(),
        lambda found: say("reason", reason=reader["unsettled_because"][found[0]], count=found[1]),
    )
    said = say("claims_counted", all=len(atlas.claims), verdicts=listed(each))
    return (said, say("why_unsettled", reasons=why)) if reasons else (said,)
