// What is filled in stays on this device until the server has it: a form with data-keep is written down at every change and comes back
// when the page opens again. The page that shows the outcome names it in data-keep-done. Older than three days is thrown away.
"use strict";
(() => {
  const prefix = "opstap-form-", longest = 3 * 24 * 3600 * 1000, secret = new Set(["csrfmiddlewaretoken", "once_key"]);
  const store = (work) => { try { return work(localStorage); } catch { return null; /* closed or full: the form itself still works */ } };
  const read = (name) => store((place) => JSON.parse(place.getItem(prefix + name)));
  const drop = (name) => store((place) => place.removeItem(prefix + name));

  store((place) => Object.keys(place).filter((key) => key.startsWith(prefix)).forEach((key) => {
    if (!(Date.now() - (JSON.parse(place.getItem(key))?.at || 0) < longest)) place.removeItem(key);
  }));
  document.querySelectorAll("[data-keep-done]").forEach((page) => drop(page.dataset.keepDone));

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const name = form.dataset.keep, kept = form.hasAttribute("data-refused") ? null : read(name);
    if (kept) {
      const values = new Map();
      kept.fields.forEach(([field, value]) => values.set(field, [...values.get(field) || [], value]));
      [...form.elements].filter((field) => field.name && !secret.has(field.name)).forEach((field) => {
        const own = values.get(field.name) || [];
        if (field.type === "radio" || field.type === "checkbox") field.checked = own.includes(field.value);
        else if (field.type !== "hidden") field.value = own[0] || "";
      });
      const line = form.querySelector("[data-kept]");
      if (line) line.textContent = line.dataset.kept;
    }
    const write = () => store((place) => place.setItem(prefix + name, JSON.stringify({
      at: Date.now(), fields: [...new FormData(form)].filter(([field]) => !secret.has(field)),
    })));
    form.addEventListener("input", write);
    form.addEventListener("change", write);
  });
})();
