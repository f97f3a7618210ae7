/* The Files room: links to pictures of the present view, and the dialog that gives code, link and citation for it. */
"use strict";

window.KarabakhShare = (() => {
  /** Returns follow(state), to be told what the map shows. */
  function bind(root) {
    const dialog = root.querySelector("dialog.share");
    if (!dialog) return () => {};
    const form = dialog.querySelector("form");
    const base = new URL(root.dataset.base, location.href);
    let state = null;
    const usual = { // as KarabakhState wants it: what a query leaves out
      asOf: form.querySelector("[name=date] [data-at-first]").value,
      layers: Object.fromEntries([...form.elements.layers].map((box) => [box.value, { atFirst: "atFirst" in box.dataset }])),
    };
    const queryOf = (view) => KarabakhState.write(view, usual);

    root.querySelector(".open-share").addEventListener("click", () => {
      fill();
      dialog.showModal();
    });
    form.addEventListener("change", write);
    form.addEventListener("click", (event) => copy(event.target.dataset.copy));
    return follow;

    function follow(shown) {
      state = shown;
      const query = queryOf({ ...shown, feature: null, quote: null, view: null });
      if (!root.dataset.live) return;
      root.querySelectorAll("[data-picture]").forEach((link) => { link.search = query; });
    }

    /** Make the form say what the map shows. */
    function fill() {
      if (base.protocol === "file:") say("Local copy: links work for others once it is published.");
      const asked = new URLSearchParams(location.search); // what counts until the map has told of itself
      const { layers, date, lang } = state ?? { layers: asked.get("layers")?.split(","), date: asked.get("date"), lang: asked.get("lang") };
      for (const box of form.elements.layers) box.checked = layers ? layers.includes(box.value) : usual.layers[box.value].atFirst;
      form.elements.date.value = date ?? usual.asOf;
      form.elements.lang.value = lang ?? form.querySelector("[name=lang] [data-at-first]").value;
      write();
    }

    /** The form's choices as code, link and citation. */
    function write() {
      const { layers, date, lang, view, size, code, link, cite } = form.elements;
      const query = queryOf({
        layers: [...layers].filter((box) => box.checked).map((box) => box.value),
        date: date.value,
        lang: lang.value,
        view: view.checked ? state?.view : null,
        feature: state?.feature,
        quote: state?.quote,
      });
      const [width, height] = size.value.split(" × ");
      const frame = document.createElement("iframe");
      const day = date.selectedOptions[0].text;
      for (const [name, value] of Object.entries({ src: address(root.dataset.map, query), width, height, title: `Map of Upper Karabakh, ${day}`, loading: "lazy", allow: "fullscreen", style: "border:0" })) frame.setAttribute(name, value);
      code.value = frame.outerHTML;
      link.value = address("", query);
      const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
      const { text: usualDay } = form.querySelector("[name=date] [data-at-first]");
      const citation = root.querySelector("[data-citation]").textContent.trim().replace(`as of ${usualDay}`, `as of ${day}`);
      cite.value = `${citation.replace(/\.$/, "")}, ${link.value}, accessed ${today}.`;
    }

    function address(page, query) {
      const url = new URL(page, base);
      url.search = query;
      return url.href.replaceAll("%2C", ",");
    }

    async function copy(name) {
      if (!name) return;
      form.elements[name].select();
      try {
        await navigator.clipboard.writeText(form.elements[name].value);
        say("Copied.");
      } catch {
        say("Copying is blocked; the text is selected, press Ctrl+C.");
      }
    }

    function say(text) {
      form.querySelector("[role=status]").textContent = text;
    }
  }

  return { bind };
})();
