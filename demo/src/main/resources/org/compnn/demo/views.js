"use strict";

/* Pictures that can be pointed at, and the fields that say where their pixels come from. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const SIZE = DATA.size;

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const styleColour = (style) => `var(--${style})`;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;

function bytes(base64) {
  const text = atob(base64);
  const made = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
}

/* A field of correspondences: where each cell's pixels come from. */
class Field {
  constructor(field, rows, columns) {
    const shorts = (base64) => new Int16Array(bytes(base64).buffer);
    this.building = shorts(field.building);
    this.row = shorts(field.row);
    this.column = shorts(field.column);
    this.rows = rows;
    this.columns = columns;
  }

  /* The cell under a pixel, its own place, and the pixel that it came from. */
  at({ x, y }) {
    const row = Math.min(this.rows - 1, Math.floor((y * this.rows) / SIZE));
    const column = Math.min(this.columns - 1, Math.floor((x * this.columns) / SIZE));
    const i = row * this.columns + column;
    const high = SIZE / this.rows;
    const wide = SIZE / this.columns;
    return {
      building: this.building[i],
      patch: { x: column * wide, y: row * high, wide, high },
      from: { x: this.column[i] * wide, y: this.row[i] * high, wide, high },
    };
  }
}

const pictures = new Map();

/* A decoded picture; all who ask for the same address share it. */
function picture(source) {
  if (!pictures.has(source)) {
    const image = new Image();
    image.src = source;
    pictures.set(source, image);
  }
  return pictures.get(source);
}

/* Calls back once the picture can be drawn, at once if it can already. */
function whenLoaded(image, draw) {
  if (image.complete && image.naturalWidth) draw();
  else image.addEventListener("load", draw, { once: true });
}

/* A picture with marks over it. */
class View {
  constructor(label, { pixels = false } = {}) {
    this.image = element("img", { alt: label, draggable: false, class: pixels ? "pixels" : "" });
    this.over = element("canvas", { class: "over" });
    this.node = element("div", { class: "view" }, this.image, this.over);
  }

  show(source, alt) {
    if (this.image.src !== source) this.image.src = source;
    if (alt) this.image.alt = alt;
  }

  /* Marks a patch, and the neighbourhood that a person can see. */
  mark(patch) {
    const box = this.node.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    this.over.width = Math.round(box.width * ratio);
    this.over.height = Math.round(box.height * ratio);
    if (!patch) return;
    const scale = this.over.width / SIZE;
    const pen = this.over.getContext("2d");
    const reach = 5;
    const x = (patch.x - reach) * scale;
    const y = (patch.y - reach) * scale;
    const wide = (patch.wide + 2 * reach) * scale;
    const high = (patch.high + 2 * reach) * scale;
    for (const [colour, width] of [["rgba(0,0,0,.7)", 4.5 * ratio], ["#ffd23f", 2.25 * ratio]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.strokeRect(x, y, wide, high);
    }
    pen.fillStyle = "#ffd23f";
    pen.strokeStyle = "rgba(0,0,0,.8)";
    pen.lineWidth = ratio;
    const side = Math.max(patch.wide * scale, 5 * ratio);
    const left = (patch.x + patch.wide / 2) * scale - side / 2;
    const top = (patch.y + patch.high / 2) * scale - side / 2;
    pen.fillRect(left, top, side, side);
    pen.strokeRect(left, top, side, side);
  }

  /* The pixel under a pointer. */
  pixel(event) {
    const box = this.node.getBoundingClientRect();
    return {
      x: clamp(Math.floor(((event.clientX - box.left) / box.width) * SIZE), 0, SIZE - 1),
      y: clamp(Math.floor(((event.clientY - box.top) / box.height) * SIZE), 0, SIZE - 1),
    };
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
class CloseUp {
  constructor(label) {
    this.canvas = element("canvas", { width: 26 * 8, height: 26 * 8 });
    this.label = element("figcaption", {}, label);
    this.node = element("figure", {}, this.canvas, this.label);
  }

  show(source, patch) {
    const reach = 26;
    const image = picture(source);
    const draw = () => {
      const pen = this.canvas.getContext("2d");
      const scale = this.canvas.width / reach;
      const left = patch.x + patch.wide / 2 - reach / 2;
      const top = patch.y + patch.high / 2 - reach / 2;
      pen.imageSmoothingEnabled = false;
      pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
      pen.drawImage(image, -left * scale, -top * scale, SIZE * scale, SIZE * scale);
      for (const [colour, width] of [["rgba(0,0,0,.75)", 5], ["#ffd23f", 2.5]]) {
        pen.strokeStyle = colour;
        pen.lineWidth = width;
        pen.strokeRect((patch.x - left) * scale, (patch.y - top) * scale, patch.wide * scale, patch.high * scale);
      }
    };
    whenLoaded(image, draw);
  }
}

/* Buttons of which one is pressed. */
function choice(options, chosen, choose) {
  const node = element("div", { class: "switch", role: "group" });
  const buttons = options.map(([key, label]) =>
    element("button", { type: "button", onclick: () => press(key), "data-key": key }, label));
  const press = (key) => {
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.key === key)));
    choose(key);
  };
  node.append(...buttons);
  buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.key === chosen)));
  return node;
}
