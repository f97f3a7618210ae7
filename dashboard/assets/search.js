/* The search box and its list: a combobox with keyboard, results by kind. What choosing does is handed in. */
"use strict";

window.KarabakhSearch = (() => {
  const AT_FIRST = 4; // results of a kind before "more"
  const [BEFORE, AFTER] = [34, 90]; // characters of a passage around the word found

  /** `act` has feature(id), layer(id), place(latlng, label), passage(quote), date(iso), claim(id); `from` had the focus before. */
  function bind(form, data, act, from = null) {
    const box = form.querySelector("input");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    const { kinds, nothing, counted, more, passages } = data.search;
    const entries = KarabakhSearchIndex.build(data, document);
    let options = [];
    let active = -1;
    let opened = null; // the kind of which all results are listed
    let speaker = null; // whose passages alone are listed
    let before = from; // what had the focus before the box

    box.addEventListener("focus", ({ relatedTarget }) => { before = relatedTarget ?? before; });
    box.addEventListener("input", () => { opened = speaker = null; show(); });
    box.addEventListener("click", show);
    box.addEventListener("keydown", pressed);
    form.addEventListener("submit", () => choose(Math.max(active, 0)));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => choose(options.findIndex(({ element }) => element.contains(event.target))));
    if (box.value) show(); // written while this script was loaded

    function pressed(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        const from = active < 0 && step < 0 ? 0 : active;
        mark((from + step + options.length) % options.length);
      } else if (step === 1) {
        event.preventDefault();
        show();
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        leave();
      }
    }

    /** Escape clears what is written; pressed once more, it goes back to where the reader was. */
    function leave() {
      const written = box.value;
      box.value = "";
      close();
      if (written) return;
      const back = before?.isConnected && before !== document.body ? before : mapItself();
      back.focus();
    }

    function mapItself() {
      return document.querySelector(".leaflet-container");
    }

    function show() {
      options = [];
      mark(-1);
      list.replaceChildren();
      if (!KarabakhSearchIndex.fold(box.value) && !box.value.trim()) { close(); return; }
      const groups = speaker ? [["passage", passagesOf(speaker)]] : merged(KarabakhSearchIndex.find(entries, box.value));
      for (const [kind, found] of groups) list.append(group(kind, found));
      const count = groups.reduce((sum, [, found]) => sum + found.length, 0);
      const text = box.value.trim().slice(0, data.query.longest_value);
      status.textContent = count ? KarabakhState.counted(counted, count) : KarabakhState.fill(nothing, { text });
      status.classList.toggle("sr", count > 0);
      list.hidden = count === 0;
      box.setAttribute("aria-expanded", String(count > 0));
    }

    function passagesOf({ quotes }) {
      return entries.filter(({ kind, id }) => kind === "passage" && quotes.includes(id)).map((each) => ({ ...each, match: each.texts[0] }));
    }

    /** Features and other places under one heading; the kind with the best result first. */
    function merged(found) {
      const near = [...(found.get("feature") || []), ...(found.get("place") || [])].sort((a, b) => a.score - b.score);
      const groups = [["feature", near], ...["layer", "date", "speaker", "claim", "passage"].map((kind) => [kind, found.get(kind) || []])];
      return groups.filter(([, all]) => all.length).sort(([, a], [, b]) => Math.min(a[0].score, 2) - Math.min(b[0].score, 2));
    }

    function group(kind, found) {
      const box = element("div", "", { role: "group", ariaLabel: kinds[kind][0] });
      const heading = element("div", "search-kind", { role: "presentation" });
      heading.append(element("b", "", { textContent: kinds[kind][0] }), ` · ${kinds[kind][1]}`);
      const shown = opened === kind || speaker ? found : found.slice(0, AT_FIRST);
      box.append(heading, ...shown.map(result));
      if (shown.length < found.length) box.append(option("search-more", { more: kind, text: KarabakhState.fill(more, { count: found.length - shown.length }) }));
      return box;
    }

    function result(entry) {
      const item = option("", { entry });
      const { name, lang, match, plain, quotes } = entry;
      const note = quotes ? KarabakhState.counted(passages, quotes.length) : entry.note;
      if (entry.kind === "passage" || entry.kind === "claim") item.append(...excerpt(match.text));
      else item.append(element("span", "search-name", { textContent: name, lang, translate: false }));
      if (!plain && match.text !== name) item.append(element("span", "search-form", { textContent: match.text, lang: match.lang, translate: false }));
      if (note && note !== name) item.append(element("span", "search-note", { textContent: note }));
      return item;
    }

    /** A piece of a passage with the word found marked. */
    function excerpt(text) {
      const [start, end] = KarabakhSearchIndex.place(text, box.value) || [0, 0];
      const from = start > BEFORE ? text.indexOf(" ", start - BEFORE) + 1 : 0;
      const cut = end + AFTER < text.length ? text.lastIndexOf(" ", end + AFTER) : text.length;
      const to = cut > end ? cut : text.length;
      return [`${from ? "… " : ""}${text.slice(from, start)}`, element("mark", "", { textContent: text.slice(start, end) }), `${text.slice(end, to)}${to < text.length ? " …" : ""}`];
    }

    function option(className, { entry = null, more: kind = null, text = "" }) {
      const item = element("div", className, { role: "option", id: `${list.id}-${options.length}`, ariaSelected: "false", textContent: text });
      options.push({ element: item, entry, kind });
      return item;
    }

    function mark(number) {
      options[active]?.element.setAttribute("aria-selected", "false");
      active = number;
      const item = options[number]?.element;
      item?.setAttribute("aria-selected", "true");
      item?.scrollIntoView({ block: "nearest" });
      if (item) box.setAttribute("aria-activedescendant", item.id);
      else box.removeAttribute("aria-activedescendant");
    }

    function choose(number) {
      const chosen = options[number];
      if (!chosen) return;
      if (chosen.kind) {
        opened = chosen.kind;
        show();
        mark(number);
        return;
      }
      const { kind, id, label } = chosen.entry;
      if (kind === "speaker") {
        speaker = chosen.entry;
        show();
        return;
      }
      close();
      if (matchMedia("(pointer: coarse)").matches) mapItself().focus({ preventScroll: true }); // the keyboard on the screen goes
      if (kind === "place") act.place(L.latLng(label.at), label);
      else act[kind](id);
    }

    function close() {
      options = [];
      mark(-1);
      list.hidden = true;
      status.textContent = "";
      status.classList.add("sr");
      box.setAttribute("aria-expanded", "false");
    }
  }

  function element(tag, className, properties) {
    return Object.assign(document.createElement(tag), { className }, properties);
  }

  return { bind };
})();
