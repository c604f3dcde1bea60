// Drag a shift to another person, day or place; the checker's word is asked when it is lifted and shown while it hangs over a cell.
// Without a mouse: open the shift with Enter and choose from the list, which says the same.
"use strict";
(() => {
  const table = document.querySelector("table[data-roster]"), box = document.getElementById("verdict"), form = document.getElementById("drop");
  if (!table || !box || !form) return;
  const known = new Map();
  let lifted = null, told = null;

  const ask = (id) => {
    if (!known.has(id)) known.set(id, fetch(`/rooster/roosters/dienst/${id}/oordeel/`, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
    return known.get(id);
  };
  const placeOf = (cell) => {
    if (cell.dataset.cell) return `${lifted.dataset.owner}_${cell.dataset.cell}`;
    return cell.dataset.who ? `${cell.dataset.who}_${cell.dataset.on}_${lifted.dataset.work}` : "";
  };
  const words = (found) => {
    if (!found) return box.dataset.away;
    if (!found.ok) return `${box.dataset.no} ${found.words}`;
    if (!found.points) return box.dataset.same;
    const sum = `${found.points < 0 ? box.dataset.better : box.dataset.worse} ${Math.abs(found.points)} ${box.dataset.points}.`;
    return `${sum} ${found.words}`;
  };
  const cells = () => table.querySelectorAll("td[data-who], td[data-cell]");
  const clear = () => {
    cells().forEach((cell) => { cell.classList.remove("may", "mayno", "over"); delete cell.dataset.told; });
    lifted?.classList.remove("lifted");
    lifted = told = null;
  };
  const mark = () => cells().forEach((cell) => {
    const found = told[placeOf(cell)];
    if (!found) return;
    cell.classList.add(found.ok ? "may" : "mayno");
    if (found.ok) cell.dataset.told = found.points > 0 ? `+${found.points}` : String(found.points);
  });

  // The first question warms the server's memory of this roster, so that the next answers come at once.
  const first = table.querySelector("[data-shift]");
  if (first) setTimeout(() => ask(first.dataset.shift).catch(() => known.delete(first.dataset.shift)), 300);
  // What a hand will probably lift is asked for before it does.
  table.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest?.("[data-shift]");
    if (chip) ask(chip.dataset.shift).catch(() => known.delete(chip.dataset.shift));
  });
  table.addEventListener("dragstart", (event) => {
    const chip = event.target.closest?.("[data-shift]");
    if (!chip) return;
    lifted = chip;
    chip.classList.add("lifted");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.textContent.trim());
    box.textContent = box.dataset.wait;
    ask(chip.dataset.shift).then((answer) => {
      if (lifted !== chip) return;
      told = answer;
      box.textContent = box.dataset.free;
      mark();
    }).catch(() => { known.delete(chip.dataset.shift); box.textContent = document.body.dataset.failed || ""; });
  });
  table.addEventListener("dragover", (event) => {
    const cell = event.target.closest?.("td[data-who], td[data-cell]");
    if (!lifted || !told || !cell || cell.contains(lifted)) return;
    const found = told[placeOf(cell)];
    if (found?.ok) event.preventDefault();
    if (cell.classList.contains("over")) return;
    cells().forEach((other) => other.classList.toggle("over", other === cell));
    box.textContent = words(found);
  });
  table.addEventListener("drop", (event) => {
    const cell = event.target.closest?.("td[data-who], td[data-cell]");
    if (!lifted || !told || !cell) return;
    event.preventDefault();
    const place = placeOf(cell);
    if (!told[place]?.ok) return;
    form.method = "post";
    form.action = `/rooster/roosters/dienst/${lifted.dataset.shift}/verplaatsen/`;
    form.elements.plek.value = place;
    form.requestSubmit();
  });
  table.addEventListener("dragend", clear);
})();
