/* The page: one picture at a time, one cursor for all its panels. */

const DATA = JSON.parse(document.getElementById("explanations").textContent);
const MASKED = { exemplar: ["composition", "correspondences", "network", "input"], class: ["composition", "network", "truth", "other"] };

class Page {
  constructor(index) {
    this.index = index;
    this.explained = new Explained(DATA.pictures[index], DATA.gallery);
    this.pinned = false;
    this.highlight = new Highlight(() => this.draw());
    this.masks = new Map();
    this.cursor = { y: this.explained.height >> 1, x: this.explained.width >> 1 };
  }

  async show() {
    const { explained } = this;
    const listener = {
      point: (point) => { if (!this.pinned) this.move(point); },
      pin: (point) => { this.pinned = true; this.move(point); this.remember(); },
      key: (event) => this.key(event),
    };
    const specifications = [
      { key: "input", title: "Input", boxes: ["receptive", "hyperpatch", "patch"] },
      { key: "network", title: "Network" },
      { key: "composition", title: "CompNN", note: `${PASTED[explained.settings.labels]} labels`, boxes: ["hyperpatch", "patch"] },
      { key: "reconstruction", title: "Input reconstructed" },
      { key: "correspondences", title: "Correspondences", note: "by training picture" },
      { key: "distance", title: "Match distance" },
      { key: "truth", title: "Ground truth" },
      { key: "other", title: "CompNN", note: `${PASTED[explained.settings.labels === "self" ? "original" : "self"]} labels` },
      { key: "difference", title: "Difference", note: "between both labels" },
    ];
    const made = await Promise.all(specifications.map((specification) => this.panel(specification, listener)));
    this.panels = made.filter(Boolean);
    this.inspector = new Inspector(explained, this.panels, { unpin: () => this.unpin() });
    const { settings } = explained;
    document.getElementById("main").replaceChildren(
      element("div", { class: "head" }, element("h1", {}, explained.name)),
      this.facts(settings),
      element("div", { class: "stage" },
        element("div", {},
          element("div", { class: "panels" }, ...this.panels.map((panel) => panel.figure)),
          explained.classes ? classLegend(explained, this.panels, this.highlight) : null,
          element("p", { class: "hint" }, "Point at a pixel to see where it comes from; click or tap to pin it. ",
            element("span", { class: "keys" }, element("kbd", {}, "←"), " ", element("kbd", {}, "↑"), " ", element("kbd", {}, "→"), " ",
              element("kbd", {}, "↓"), " move by a cell, with ", element("kbd", {}, "Shift"), " by eight; ",
              element("kbd", {}, "Enter"), " pins, ", element("kbd", {}, "Esc"), " lets go."))),
        this.inspector.root),
      rankedSection(explained, this.highlight),
      ...readySections(explained.sections),
      element("section", { class: "below", "aria-label": "Numbers and settings" }, numbersCard(explained), settingsCard(explained)));
    this.redraw();
    this.resizing = new ResizeObserver(() => this.redraw());
    this.resizing.observe(document.getElementById("main"));
  }

  /* Under the name: how well it is explained, and by what. */
  facts(settings) {
    const { explained } = this;
    const { rows, columns } = explained.agreement;
    const key = columns[0].key;
    const found = rows.find((row) => row.against === "network")?.values[key].value;
    const facts = [];
    if (found !== undefined && found !== null) {
      const agreement = key === "pixel_accuracy" ? percent(found) : found.toFixed(columns[0].decimals);
      facts.push(key === "pixel_accuracy"
        ? ["CompNN agrees with the network on ", element("b", {}, agreement), " of the pixels"]
        : [`${columns[0].title} between CompNN and the network `, element("b", {}, agreement)]);
    }
    facts.push([settings.network], [`layer ${settings.layer.aliases[0] ?? settings.layer.name}`],
      [`${settings.selected} training pictures`]);
    return element("p", { class: "facts number" }, ...facts.flatMap((fact, i) => (i ? [" · ", ...fact] : fact)));
  }

  async panel(specification, listener) {
    const { explained } = this;
    if (specification.key === "distance") {
      const { canvas, low, high } = distanceCanvas(explained);
      const bar = blank(56, 1);
      const context = bar.getContext("2d");
      for (let x = 0; x < 56; x++) {
        context.fillStyle = `rgb(${cividis(x / 55).map(Math.round).join(" ")})`;
        context.fillRect(x, 0, 1, 1);
      }
      const extra = element("span", { class: "scale number" }, round(low), bar, round(high));
      return new Panel(explained, { ...specification, extra }, canvas, listener);
    }
    if (specification.key === "correspondences") {
      return new Panel(explained, specification, correspondenceCanvas(explained), listener);
    }
    const raster = explained[specification.key];
    return raster ? new Panel(explained, specification, await canvasOf(raster), listener) : null;
  }

  move(point) {
    this.cursor = point;
    this.redraw();
  }

  unpin() {
    this.pinned = false;
    this.redraw();
    this.remember();
  }

  redraw() {
    this.inspector.show(this.cursor, this.pinned);
    this.draw();
  }

  draw() {
    const { explained, cursor } = this;
    const boxes = explained.boxes(explained.cell(cursor.y, cursor.x), explained.queryGrid, explained, explained.input);
    for (const panel of this.panels) panel.draw(boxes, this.mask(panel));
  }

  /* Dims what is not highlighted. */
  mask(panel) {
    const what = this.highlight.value;
    if (!what || !MASKED[what.kind].includes(panel.key)) return null;
    const { explained } = this;
    const name = what.kind === "class" ? `${panel.key} class ${what.index}` : `exemplar ${what.place}`;
    if (this.masks.get(panel.key)?.name !== name) {
      const clear = [0, 0, 0, 0];
      const dim = [0, 0, 0, 200];
      let canvas;
      if (what.kind === "exemplar") {
        canvas = cellCanvas(explained, (cell) => (explained.place[cell * explained.topK] === what.place ? clear : dim));
      } else {
        canvas = blank(explained.width, explained.height);
        const context = canvas.getContext("2d");
        const pixels = context.createImageData(explained.width, explained.height);
        panel.classes.forEach((index, i) => pixels.data.set(index === what.index ? clear : dim, 4 * i));
        context.putImageData(pixels, 0, 0);
      }
      this.masks.set(panel.key, { name, canvas });
    }
    return this.masks.get(panel.key).canvas;
  }

  key(event) {
    const { explained } = this;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (steps[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const by = event.shiftKey ? 8 : 1;
      const cell = explained.cell(this.cursor.y, this.cursor.x);
      const row = clamp(cell.row + steps[event.key][0] * by, 0, explained.rows - 1);
      const column = clamp(cell.column + steps[event.key][1] * by, 0, explained.columns - 1);
      const middle = (at, pixels, cells) =>
        Math.min(pixels - 1, (firstPixel(at, pixels, cells) + Math.max(firstPixel(at, pixels, cells), firstPixel(at + 1, pixels, cells) - 1)) >> 1);
      this.move({ y: middle(row, explained.height, explained.rows), x: middle(column, explained.width, explained.columns) });
      if (this.pinned) this.remember();
    } else if (event.key === "Enter" || event.key === " ") {
      this.pinned = !this.pinned;
      this.redraw();
      this.remember();
    } else if (event.key === "Escape") {
      this.unpin();
    } else {
      return;
    }
    event.preventDefault();
  }

  /* Keeps picture and pin in the address, so that it can be shared. */
  remember() {
    const pin = this.pinned ? `&pin=${this.cursor.y},${this.cursor.x}` : "";
    try {
      history.replaceState(null, "", `#picture=${this.index + 1}${pin}`);
    } catch {
      /* Some browsers refuse this for files; the page works without. */
    }
  }
}

let current = null;

async function openPicture(index, pin) {
  current?.resizing?.disconnect();
  const page = new Page(index);
  current = page;
  if (pin) {
    page.pinned = true;
    page.cursor = { y: clamp(pin[0], 0, page.explained.height - 1), x: clamp(pin[1], 0, page.explained.width - 1) };
  }
  document.querySelectorAll("#pictures button").forEach((button, i) => button.setAttribute("aria-current", String(i === index)));
  await page.show();
}

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const index = clamp((parseInt(wanted.get("picture"), 10) || 1) - 1, 0, DATA.pictures.length - 1);
  const pin = (wanted.get("pin") ?? "").match(/^(\d+),(\d+)$/);
  openPicture(index, pin && [Number(pin[1]), Number(pin[2])]);
}

if (DATA.pictures.length > 1) {
  document.getElementById("pictures").append(...DATA.pictures.map((picture, index) =>
    element("button", { type: "button", onclick: () => openPicture(index).then(() => current.remember()) },
      element("img", { src: picture.input.source, alt: "" }), element("span", {}, picture.name))));
}
window.addEventListener("hashchange", fromAddress);
fromAddress();
