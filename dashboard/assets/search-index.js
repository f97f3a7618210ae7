/* What the search finds: everything with a name in the document, in all forms and scripts, and how well it fits. */
"use strict";

window.KarabakhSearchIndex = (() => {
  const WORD = /[\p{L}\p{N}\p{M}]+/gu;
  const ANYWHERE_FROM = 3; // letters: fewer would be found inside nearly everything

  /** Text as it is compared: small letters without marks, in one spelling (ə→e, ı→i, Armenian և and եվ→եւ), a blank before each word. */
  function fold(text) {
    const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "");
    const spelled = plain.replaceAll("ə", "e").replaceAll("ı", "i").replaceAll("եվ", "եւ");
    return (spelled.match(/[\p{L}\p{N}]+/gu) || []).map((word) => ` ${word}`).join("");
  }

  /** Every entry: {kind, id, name, lang, note, texts: [{text, lang, folded}]}, the most important of a kind first. */
  function build(data, root) {
    const found = passages(root);
    return [...places(data), ...layers(data), ...dates(data), ...cited(data.search.cited, found), ...claims(root), ...found];
  }

  function entry(kind, id, texts, rest = {}) {
    const all = texts.filter(({ text }) => text).map(({ text, lang }) => ({ text, lang, folded: fold(text) }));
    return { kind, id, name: all[0].text, lang: all[0].lang, note: "", texts: all, ...rest };
  }

  /** All forms of a name, the article's first. */
  function forms(names) {
    const [lang, text] = KarabakhLabels.nameIn(names, "article");
    const others = Object.entries(names).map(([code, other]) => ({ text: other, lang: code === "article" ? "en" : code }));
    return [{ text, lang }, ...others.filter((other) => other.text !== text)];
  }

  /** Features first, then the names on the map that are none; a name drawn twice is found once. */
  function places(data) {
    const kinds = Object.fromEntries(data.labels.map(({ id, kind }) => [id, data.search.what[kind.split(" ").at(-1)]]));
    const features = Object.entries(data.features).map(([id, { layer, names }]) => (
      entry("feature", id, forms(names), { note: kinds[id] || data.layers[layer].title })));
    const known = new Set();
    const others = data.labels.filter(({ id, kind, names }) => {
      const called = `${kind} ${KarabakhLabels.nameIn(names, "article")[1]}`;
      const isNew = !Object.hasOwn(data.features, id) && !Object.hasOwn(data.layers, id) && !known.has(called);
      known.add(called);
      return isNew;
    }).map((label) => entry("place", label.id, forms(label.names), { note: kinds[label.id] || "", label }));
    return [...features, ...others];
  }

  function layers(data) {
    return Object.entries(data.layers).map(([id, { title, names }]) => (
      entry("layer", id, [{ text: title, lang: document.documentElement.lang }, ...forms(names || { en: title }).filter(({ text }) => text !== title)])));
  }

  /** The days of the map as one may write them: 10 November 2020, November 10, 2020-11-10, 10 ноября. */
  function dates(data) {
    return Object.entries(data.dates).map(([iso, { long }]) => {
      const own = [long, iso].map((text) => ({ text, lang: document.documentElement.lang }));
      const spoken = data.search.spoken_dates[iso].map(([lang, text]) => ({ text, lang }));
      return entry("date", iso, [...own, ...spoken], { plain: true });
    });
  }

  /** Whom the article cites, with those of their passages that are in the document. */
  function cited(all, found) {
    const known = new Set(found.map(({ id }) => id));
    return all.map(({ names, quotes }) => entry("speaker", names.article, forms(names), { quotes: quotes.filter((id) => known.has(id)) })).filter(({ quotes }) => quotes.length);
  }

  function claims(root) {
    return [...root.querySelectorAll("details.claim[id^=claim-]")].map((claim) => (
      entry("claim", claim.id.slice("claim-".length), [{ text: claim.querySelector(".said").textContent.trim(), lang: document.documentElement.lang }], { plain: true })));
  }

  /** The marked passages of the article where it is in the document; else those that the sheets quote. */
  function passages(root) {
    const marked = [...root.querySelectorAll(".passage[data-quote]")];
    const quoted = root.querySelector("template#quotes").content.querySelectorAll("figure[data-quote]");
    return (marked.length ? marked : [...quoted]).map((element) => {
      const text = (element.querySelector("blockquote") || element).textContent.trim();
      return entry("passage", element.dataset.quote, [{ text, lang: "en" }], { plain: true });
    });
  }

  /** The entries that fit, best first by kind; each with the form that fitted as `match`. */
  function find(entries, asked) {
    const whole = fold(asked);
    if (!whole) return new Map();
    const words = whole.trim().split(" ");
    const fitting = entries.map((each, number) => ({ ...each, number, ...best(each.texts, whole, words) })).filter(({ score }) => score < Infinity);
    fitting.sort((a, b) => a.score - b.score || a.number - b.number);
    const groups = new Map();
    fitting.forEach((each) => groups.set(each.kind, [...(groups.get(each.kind) || []), each]));
    return groups;
  }

  function best(texts, whole, words) {
    return texts.map((text) => ({ match: text, score: score(text.folded, whole, words) })).reduce((one, other) => (other.score < one.score ? other : one));
  }

  /** 0 for the very name, then for its beginning, for words in a row, for words in any order, for letters anywhere. */
  function score(text, whole, words) {
    if (text === whole) return 0;
    if (text.startsWith(whole)) return 1;
    if (text.includes(whole)) return 2;
    if (words.every((word) => text.includes(` ${word}`))) return 3;
    return whole.length > ANYWHERE_FROM && words.every((word) => text.includes(word)) ? 4 : Infinity;
  }

  /** Where in a text the first word asked for stands: [start, end], or null. */
  function place(text, asked) {
    const words = fold(asked).trim().split(" ");
    const all = [...text.matchAll(WORD)].map((match) => ({ at: match.index, end: match.index + match[0].length, folded: fold(match[0]) }));
    const hit = all.find(({ folded }) => words.some((word) => folded.startsWith(` ${word}`))) || all.find(({ folded }) => words.some((word) => folded.includes(word)));
    return hit ? [hit.at, hit.end] : null;
  }

  return { fold, build, find, place };
})();
