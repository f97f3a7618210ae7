"""How the article's spatial claims come out, counted, and why some can't be settled."""

from collections import Counter

from layers.atlas import Atlas
from layers.language.written import listed
from layers.style.captions import captions, counted


def claims_counted(atlas: Atlas) -> tuple[str, ...]:
    """Return how many claims there are and how many have which verdict, and the reasons of the unsettled."""
    reader, texts = captions()["reader"], captions()["in_words"]
    verdicts = Counter(claim.verdict for claim in atlas.claims)
    reasons = Counter(claim.reason for claim in atlas.claims if claim.reason)
    each = (
        counted(kind["counted"], verdicts[key]) for key, kind in reader["verdicts"].items() if verdicts[key]
    )
    why = (
        texts["reason"].format(reason=reader["unsettled_because"][key], count=count)
        for key, count in reasons.most_common()
    )
    said = [texts["claims_counted"].format(all=len(atlas.claims), verdicts=listed(each))]
    return (*said, texts["why_unsettled"].format(reasons="; ".join(why))) if reasons else tuple(said)
