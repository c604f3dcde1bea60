// A bad connection loses nothing: each form with data-draft is kept on this device until the server has answered, and sent again by itself.
// Kept are ids, states and hours, never a name; `data-drafts` holds whose notes they are.
"use strict";
(() => {
  const floor = () => document.querySelector("[data-drafts]");
  const place = () => `opstap-notes-${floor()?.dataset.drafts}`;
  const read = () => { try { return JSON.parse(localStorage.getItem(place())) || {}; } catch { return {}; } };
  const write = (drafts) => { try { localStorage.setItem(place(), JSON.stringify(drafts)); } catch { /* a full or closed store: the form itself still works */ } };
  const formsOf = (name) => document.querySelectorAll(`form[data-draft="${CSS.escape(name)}"]`);
  const drop = (name, key) => { const drafts = read(); if (drafts[name]?.key === key) { delete drafts[name]; write(drafts); } };

  // What waits is told beside its own form, and the tap stays visible.
  function mark() {
    document.querySelectorAll("[data-waits]").forEach((line) => { line.textContent = ""; });
    Object.entries(read()).forEach(([name, draft]) => formsOf(name).forEach((form) => {
      if (!draft.failed) return;
      form.querySelector("[data-waits]").textContent = floor().dataset.waiting;
      const state = new URLSearchParams(draft.body).get("state");
      form.querySelectorAll(".taps button[name=state]").forEach((button) => button.setAttribute("aria-pressed", String(button.value === state)));
    }));
  }

  function keep(form, button) {
    const fresh = self.crypto?.randomUUID?.();
    if (fresh) form.elements.once_key.value = fresh;
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    body.delete("csrfmiddlewaretoken");
    const drafts = read();
    drafts[form.dataset.draft] = { url: form.action, body: body.toString(), key: form.elements.once_key.value, failed: false };
    write(drafts);
  }

  function fail(name) {
    const drafts = read();
    if (drafts[name]) { drafts[name].failed = true; write(drafts); }
    mark();
  }

  // Capture: before htmx reads the form, so that it sends the fresh key.
  document.addEventListener("submit", (event) => { if (event.target.dataset?.draft) keep(event.target, event.submitter); }, true);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (!form?.dataset?.draft) return;
    if (new URL(event.detail.xhr.responseURL || location.href).pathname.startsWith("/account/")) {  // logged out meanwhile: the note stays here
      event.detail.shouldSwap = false;
      fail(form.dataset.draft);
      location.reload();
    } else if (event.detail.xhr.status < 500) drop(form.dataset.draft, form.elements.once_key.value);
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
    const form = event.detail.requestConfig?.elt || event.detail.elt;
    if (form?.dataset?.draft) fail(form.dataset.draft);
  }));
  document.addEventListener("htmx:afterSettle", mark);

  let busy = false;
  async function flush() {
    const token = document.querySelector("form[data-draft] [name=csrfmiddlewaretoken]")?.value;
    const waiting = Object.entries(read()).filter(([, draft]) => draft.failed);
    if (busy || !token || !waiting.length || navigator.onLine === false) return;
    busy = true;
    let sent = 0, refused = 0;
    for (const [name, draft] of waiting) {
      try {
        const body = new URLSearchParams(draft.body);
        body.set("csrfmiddlewaretoken", token);
        const answer = await fetch(draft.url, { method: "POST", body, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(8000) });
        if (answer.status >= 500 || answer.redirected && new URL(answer.url).pathname.startsWith("/account/")) break;
        if (!answer.ok) refused += 1;
        sent += 1;
        drop(name, draft.key);
      } catch { break; }
    }
    busy = false;
    if (refused) sessionStorage.setItem("opstap-refused", "yes");
    if (sent) location.reload(); else mark();
  }

  function start() {
    if (!floor()) return;
    // A page that was closed before the answer came: whatever is still kept was not answered, and its key makes sending it again harmless.
    const drafts = read();
    Object.values(drafts).forEach((draft) => { draft.failed = true; });
    write(drafts);
    mark();
    if (sessionStorage.getItem("opstap-refused")) {
      sessionStorage.removeItem("opstap-refused");
      const notice = document.getElementById("notice");
      if (notice) notice.textContent = floor().dataset.refused;
    }
    flush();
    setInterval(flush, 10000);
  }
  addEventListener("online", flush);
  start();
})();
