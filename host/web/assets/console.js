// What makes the console's pages pleasant; everything essential works without it.
"use strict";

document.documentElement.classList.add("scripted");

// A button that is pressed twice would do twice what the host does once anyway; the second press only makes people wonder.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method.toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

// Whoever comes back by the browser's own button finds the form as it was, ready to be sent.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

// Printing is a script's only essential here: where there is none, the button is not shown.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// What is typed into a form of a draft is saved a little later: only the fields that were changed, so that nobody's work is written over.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector("[data-saved]");
  const state = form.querySelector("input[name=state]");
  let changed = new Set();
  let waiting = null;
  let saving = false;

  const save = async () => {
    if (saving || form.dataset.sent || changed.size === 0) return;
    saving = true;
    const names = changed;
    changed = new Set();
    told.textContent = form.dataset.autosave;
    const body = new URLSearchParams({ state: state.value, section: form.querySelector("input[name=section]").value });
    for (const [name, value] of new FormData(form)) if (names.has(name)) body.append(name, value);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "x-huizong-autosave": "yes" }, redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      const { state: now, said, remarks } = await answer.json();
      state.value = now;
      told.textContent = said;
      for (const name of names) remark(name, remarks[name]);
    } catch {
      for (const name of names) changed.add(name);
      told.textContent = form.dataset.autosaveFailed;
    }
    saving = false;
    if (changed.size > 0) later();
  };

  const remark = (name, said) => {
    const field = form.elements.namedItem(name);
    if (!(field instanceof Element)) return;
    const after = field.parentElement.querySelector(".remark");
    if (after) after.remove();
    field.removeAttribute("aria-invalid");
    if (!said) return;
    field.setAttribute("aria-invalid", "true");
    const line = document.createElement("p");
    line.className = "remark";
    line.setAttribute("role", "alert");
    line.textContent = said;
    field.after(line);
  };

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1200);
  };

  form.addEventListener("input", (event) => {
    // A new item of a list, or one that goes, changes what the others are called: that is done by a button.
    if (!event.target.name?.startsWith("/")) return;
    changed.add(event.target.name);
    later();
  });
}
