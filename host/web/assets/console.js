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
