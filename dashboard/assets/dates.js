/* The date shown: what had changed hands by then, and how much each side held, as bars and figures. */
"use strict";

window.KarabakhDates = (() => {
  function show(panel, data, date) {
    const index = Object.keys(data.dates).indexOf(date);
    panel.querySelectorAll("input[name=date]").forEach((step) => { step.checked = step.value === date; });
    panel.querySelector(".as-of b").textContent = data.dates[date].long;
    panel.querySelectorAll("[data-day]").forEach((text) => { text.hidden = text.dataset.day !== date; });
    for (const [area, holdings] of Object.entries(data.holdings)) {
      const { armenian, azerbaijani, shares } = holdings[index];
      const row = panel.querySelector(`[data-area=${area}]`);
      row.querySelectorAll("[data-kind]").forEach((part) => { part.style.width = `${shares[part.dataset.kind] || 0}%`; });
      row.querySelector(".text-armenian").textContent = armenian;
      row.querySelector(".text-azerbaijani").textContent = azerbaijani;
    }
  }

  return { show };
})();
