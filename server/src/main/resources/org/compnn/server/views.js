/* Views that a person keeps: an address under a name, in this browser. */

import { element } from "../viewer/element.js";

const key = (db) => `compnn views of ${db.id}`;

function kept(db) {
  try {
    return JSON.parse(localStorage.getItem(key(db))) ?? [];
  } catch {
    /* Forbidden, or not ours: then there are none. */
    return [];
  }
}

function keep(db, views) {
  try {
    localStorage.setItem(key(db), JSON.stringify(views));
  } catch {
    /* The address holds the view in any case. */
  }
}

/* A menu of saved views; `address()` is that of the view in sight, `describe()` a name for it. */
export function viewsMenu(db, address, describe) {
  const list = element("ul");
  const menu = element("details", { class: "menu views" }, element("summary", {}, "Views"), list);
  const fill = () => {
    const name = element("input", { type: "text", "aria-label": "Name of the view", value: describe(), maxlength: "60" });
    const save = (event) => {
      event.preventDefault();
      if (!name.value.trim()) return;
      keep(db, [...kept(db).filter((each) => each.name !== name.value.trim()), { name: name.value.trim(), address: address() }]);
      menu.open = false;
    };
    list.replaceChildren(...kept(db).map((view) => element("li", { class: "view-line" }, element("a", { href: view.address, onclick: () => { menu.open = false; } }, view.name),
      element("button", { type: "button", class: "close", "aria-label": `Forget ${view.name}`, onclick: () => { keep(db, kept(db).filter((each) => each.name !== view.name)); fill(); } }, "✕"))),
    element("li", {}, element("form", { onsubmit: save }, name, element("button", { class: "quiet" }, "Save this view"))));
  };
  menu.addEventListener("toggle", () => { if (menu.open) fill(); });
  return menu;
}
