/* A window of the page: closed with its button, with Escape, or by a click beside it. */

import { element } from "../viewer/element.js";

export function dialog(title, ...content) {
  const heading = element("h2", {}, title);
  const close = element("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => made.close() }, "✕");
  const made = element("dialog", { "aria-label": title }, element("div", { class: "window" },
    element("div", { class: "where" }, heading, close), ...content));
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  document.body.append(made);
  return { root: made, heading, open: () => { if (!made.open) made.showModal(); }, close: () => made.close(), remove: () => made.remove() };
}
