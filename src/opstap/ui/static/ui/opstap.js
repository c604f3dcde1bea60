// Small controllers. Every page works without them; each finds its elements by a data attribute.
"use strict";
document.documentElement.classList.add("js");
const text = (name) => document.body.dataset[name] || "";
const closest = (event, selector) => event.target instanceof Element && event.target.closest(selector);

// On a phone the menu of a desk is folded; it shows where one is.
if (matchMedia("(max-width:40rem)").matches) document.querySelectorAll("details.fold").forEach((menu) => { menu.open = false; });

// A message that screen readers read out.
function say(message, tone) {
  const notice = document.getElementById("notice");
  if (!notice) return;
  const box = document.createElement("div");
  box.className = `note ${tone}`;
  box.textContent = message;
  notice.replaceChildren(box);
  if (tone === "bad") box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = closest(event, "[data-close]");
  if (closer) {
    closer.closest("dialog")?.close();
    const details = closer.closest("details");
    if (details) { details.open = false; details.querySelector("summary").focus(); }
    const panel = closer.closest(".panel");
    if (panel) panel.replaceChildren();
  }
  const copier = closest(event, "[data-copy]");
  if (copier) navigator.clipboard?.writeText(copier.dataset.copy).then(() => say(text("copied"), "ok"));
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

// Escape closes what is open: a menu, a confirmation, the side panel.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = closest(event, "details.menu[open], details.confirm[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); return; }
  const panel = closest(event, ".panel");
  if (panel) { panel.replaceChildren(); document.querySelector("tr.at a")?.focus(); }
});

// Lists by keyboard: j and k walk the rows, enter opens, "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || closest(event, "input, select, textarea, dialog")) return;
  const shortcut = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (shortcut) { event.preventDefault(); shortcut.focus(); return; }
  if (event.key !== "j" && event.key !== "k") return;
  const rows = [...document.querySelectorAll("table[data-keys] tbody tr")].filter((row) => row.querySelector("a"));
  const now = rows.findIndex((row) => row.classList.contains("at") || row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(now + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
  if (!next) return;
  rows.forEach((row) => row.classList.toggle("at", row === next));
  next.querySelector("a").focus();
  next.scrollIntoView({ block: "nearest" });
});

// A form that was changed warns before it is lost; a form that is sent cannot be sent twice by a double click.
const changed = new WeakSet();
document.addEventListener("input", (event) => { const form = closest(event, "form[data-guard]"); if (form) changed.add(form); });
document.addEventListener("submit", (event) => {
  const form = event.target;
  changed.delete(form);
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-guard]")].some((form) => changed.has(form))) event.preventDefault();
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// After loading and after every swap: focus the first error, and give stacked tables back the roles that display:block takes away.
function settle(root) {
  root.querySelector("[data-focus]")?.focus();
  const roles = { table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
  root.querySelectorAll("table.stacked").forEach((table) => {
    table.setAttribute("role", "table");
    Object.entries(roles).slice(1).forEach(([tag, role]) => table.querySelectorAll(tag).forEach((part) => part.setAttribute("role", role)));
  });
}
document.addEventListener("DOMContentLoaded", () => settle(document));
document.addEventListener("htmx:afterSwap", (event) => {
  settle(event.target.parentElement || document);
  if (event.target.matches?.(".panel")) { event.target.tabIndex = -1; event.target.focus({ preventScroll: true }); }
});

// On a narrow screen a link into the side panel is an ordinary link.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt;
  if (link.href && event.detail.target?.matches(".panel") && matchMedia("(max-width: 63.99rem)").matches) {
    event.preventDefault();
    location.assign(link.href);
  }
});
document.addEventListener("htmx:responseError", () => say(text("failed"), "bad"));
document.addEventListener("htmx:sendError", () => say(text("offline"), "bad"));
