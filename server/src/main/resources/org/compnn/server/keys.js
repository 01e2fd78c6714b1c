/* What the keys do. */

import { dialog } from "./dialog.js";
import { element } from "../viewer/element.js";

const KEYS = {
  "Everywhere": [["?", "this list"], ["W", "the next worst picture"], ["Esc", "back"]],
  "Data set": [["1 – 6", "its views, from Pictures to Culprits"]],
  "In a grid": [["J K ← → ↑ ↓", "next, previous, around"], ["Home End PgUp PgDn", "first, last, a page"], ["Enter", "open"], ["/", "search"]],
  "In a queue": [["A R S", "accept, reject, skip"], ["U", "undo"], ["X", "exclude the picture"], ["J K", "next, previous"], ["Z + −", "region, zoom"], ["E", "export"]],
  "On a picture": [["J K", "next, previous picture"], ["1 – 9", "a wrong region"],
    ["P N T C Y S", "photograph, network, truth, composition, cause, sources"], ["M", "every cell’s own source"], ["L X O", "label is wrong, exclude, open"], ["← → ↑ ↓", "move by a cell, with Shift by eight"], ["Enter", "pin, unpin"],
    ["R", "first and last corner of a rectangle"], ["+ − 0", "enlarge, shrink, whole"], ["Esc", "let go"]],
};

export function keysWindow() {
  const lines = (keys) => keys.flatMap(([names, meaning]) => [element("dt", {}, ...names.split(" ").flatMap((name) => [element("kbd", {}, name), " "])), element("dd", {}, meaning)]);
  return dialog("Keys", element("div", { class: "keylists" }, ...Object.entries(KEYS).map(([title, keys]) =>
    element("section", {}, element("h3", {}, title), element("dl", {}, ...lines(keys))))));
}
