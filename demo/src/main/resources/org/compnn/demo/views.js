/* The buildings of the page, and pictures of them that can be pointed at. */

import { Still, Surface, outlined } from "../viewer/drawing.js";
import { element } from "../viewer/element.js";
import { resultOf } from "../viewer/embedded.js";
import { clamp } from "../viewer/format.js";

export const data = JSON.parse(document.getElementById("data").textContent);
export const SIZE = data.size;

const GLOW = "#ffd23f";

export const styleColour = (style) => `var(--${style})`;

/* A small square in the colour of a style. */
export function dot(colour) {
  const made = element("span", { class: "dot" });
  if (colour) made.style.setProperty("--style", colour);
  return made;
}

/* What a training building's pictures are called in the page's data. */
const KEYS = {
  paint: { input: "labels", original: "photo", self: "painted" },
  label: { input: "photo", original: "labels", self: "labelled" },
};

/* An exhibit as all viewers work with it. */
export const exhibited = (stage, why) => resultOf(why, {
  exemplars: data.buildings, address: (index, kind) => data.buildings[index][KEYS[stage.key][kind]], missing: "none",
}, stage.key === "label" ? data.classes : null);

function inPixels(box) {
  const [top, left, bottom, right] = [box.top, box.left, box.bottom, box.right].map((share) => Math.round(share * SIZE));
  return { x: left, y: top, wide: right - left, high: bottom - top };
}

/* Where a pixel was pasted from: the exemplar, the patch around the pixel, and the patch that it is a copy of. */
export function origin(result, pixel) {
  const [match] = result.matches(pixel);
  return { exemplar: match.exemplar, patch: inPixels(result.boxes(pixel).patch), from: inPixels(result.exemplarBoxes(match).patch) };
}

/* A picture with marks over it. */
export class View {
  constructor(label, { pixels = false } = {}) {
    this.image = element("img", { alt: label, draggable: "false", class: pixels ? "pixels" : "" });
    this.over = new Surface(() => this.draw());
    this.over.canvas.className = "over";
    this.node = element("div", { class: "view" }, this.image, this.over.canvas);
  }

  show(source, alt) {
    if (this.image.src !== source) this.image.src = source;
    if (alt) this.image.alt = alt;
  }

  /* A map that lies over the picture, if any. */
  cover(map) {
    this.map?.remove();
    this.map = map;
    if (map) this.node.insertBefore(map, this.over.canvas);
  }

  /* Marks a patch, and the neighbourhood that a person can see. */
  mark(patch) {
    this.marked = patch;
    this.draw();
  }

  draw() {
    const drawn = this.over.begin();
    const patch = this.marked;
    if (!drawn || !patch) return;
    const { context, width } = drawn;
    const scale = width / SIZE;
    const reach = 5;
    outlined(context, [["rgb(0 0 0 / 70%)", 4.5], [GLOW, 2.25]], () => context.strokeRect(
      (patch.x - reach) * scale, (patch.y - reach) * scale, (patch.wide + 2 * reach) * scale, (patch.high + 2 * reach) * scale));
    const side = Math.max(patch.wide * scale, 5);
    const left = (patch.x + patch.wide / 2) * scale - side / 2;
    const top = (patch.y + patch.high / 2) * scale - side / 2;
    context.fillStyle = GLOW;
    context.strokeStyle = "rgb(0 0 0 / 80%)";
    context.lineWidth = 1;
    context.fillRect(left, top, side, side);
    context.strokeRect(left, top, side, side);
  }

  /* The pixel under a pointer. */
  pixel(event) {
    const box = this.node.getBoundingClientRect();
    const along = (at, from, length) => clamp(Math.floor(((at - from) / length) * SIZE), 0, SIZE - 1);
    return { x: along(event.clientX, box.left, box.width), y: along(event.clientY, box.top, box.height) };
  }

  /* Hears of every pixel pointed at, by mouse, finger or arrow keys. */
  listen(point, where) {
    const told = (event) => point(this.pixel(event), event);
    this.node.addEventListener("pointermove", told);
    this.node.addEventListener("pointerdown", told);
    this.node.tabIndex = 0;
    this.node.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] }[event.key];
      if (!step) return;
      event.preventDefault();
      const { x, y } = where();
      point({ x: clamp(x + step[0], 0, SIZE - 1), y: clamp(y + step[1], 0, SIZE - 1) }, event);
    });
  }
}

/* A piece of a picture, large. */
export class CloseUp {
  constructor(label) {
    this.still = new Still("1");
    this.node = element("figure", {}, this.still.root, element("figcaption", {}, label));
  }

  show(source, patch) {
    const reach = 26;
    const along = (from, length) => (from + length / 2 - reach / 2) / SIZE;
    const region = { left: along(patch.x, patch.wide), top: along(patch.y, patch.high) };
    region.right = region.left + reach / SIZE;
    region.bottom = region.top + reach / SIZE;
    this.still.show(source, region, ({ context, width }) => {
      const scale = width / reach;
      outlined(context, [["rgb(0 0 0 / 75%)", 2], [GLOW, 1]], () => context.strokeRect(
        (patch.x - region.left * SIZE) * scale, (patch.y - region.top * SIZE) * scale, patch.wide * scale, patch.high * scale));
    });
  }
}

/* Buttons of which one is pressed. */
export function choice(options, chosen, choose) {
  const buttons = options.map(([key, label]) => element("button", { type: "button", "data-key": key, onclick: () => press(key) }, label));
  const show = (key) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.key === key)));
  const press = (key) => {
    show(key);
    choose(key);
  };
  show(chosen);
  return element("div", { class: "switch", role: "group" }, ...buttons);
}
