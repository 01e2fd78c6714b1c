/* The pictures in step: one cursor, one view, one rectangle and one divider for all of them. */

import { cellOf, middlePixel } from "./cells.js";
import { cividis } from "./colours.js";
import { blank, element, swatch } from "./element.js";
import { clamp, percent, round } from "./format.js";
import { PASTED } from "./numbers.js";
import { Pane } from "./panes.js";
import { Tools } from "./tools.js";
import { colourOfShare } from "./values.js";
import { panned, regionOf, showing, within, zoomed } from "./view.js";

const TITLES = {
  input: "Input", network: "Network", output: "CompNN", reconstruction: "Reconstructed input", correspondences: "Correspondences",
  distance: "Match distance", truth: "Ground truth", wrong: "Network errors", other: "CompNN, other labels", difference: "Difference",
};
const STEP = 1.5;

/* What the colours of a map stand for: by default those of distances. */
function scale({ low, high }, colour = cividis) {
  const bar = blank(56, 1);
  const context = bar.getContext("2d");
  for (let x = 0; x < bar.width; x++) {
    context.fillStyle = `rgb(${colour(x / (bar.width - 1)).map(Math.round).join(" ")})`;
    context.fillRect(x, 0, 1, 1);
  }
  return element("span", { class: "scale number" }, round(low), bar, round(high));
}

/* The numbers behind the colours of an output of values. */
function legend(values) {
  const none = element("span", { class: "none" }, swatch(values.none), "no value");
  if (values.channels === 1) return [scale(values, (share) => colourOfShare(values, share)), none];
  const names = ["red", "green", "blue"].slice(0, values.channels);
  return [element("span", { class: "number" },
    `${names.map((name, i) => `channel ${i + 1} ${name}`).join(", ")}; dark ${round(values.low)}, bright ${round(values.high)}`), none];
}

export class Stage {
  /*
   * `page` is told what changed: moved, changed (what an address may keep), and to rank again when a rectangle or class was chosen;
   * it knows which exemplar is highlighted, and compares two results if it can. `lead(stage)` makes a pane that the page puts elsewhere.
   */
  constructor(state, classes, page, lead = null) {
    this.state = state;
    this.page = page;
    this.tool = "point";
    this.cursor = { y: 0, x: 0 };
    this.corner = null;
    this.listener = {
      point: (at) => { this.at = at; this.pointing = true; if (!state.pin && !this.corner) this.move(this.pixel(at)); },
      pin: (at) => { this.at = at; this.pin(this.pixel(at)); },
      rectangle: (from, to, done) => this.rectangle(this.pixel(from), this.pixel(to), done),
      pan: (dx, dy) => this.look(panned(state.view, dx, dy)),
      zoom: (factor, at) => this.look(zoomed(state.view, factor, at)),
      swipe: (x) => this.swipe(x),
    };
    this.panes = Object.entries(TITLES).map(([name, title]) => new Pane(name, title, this));
    this.panels = element("div", { class: "panels" }, ...this.panes.map((pane) => pane.figure));
    this.framed = [this.panels];
    if (lead) {
      this.lead = lead(this);
      this.panes.unshift(this.lead);
      this.framed.push(this.lead.figure);
    }
    this.tools = new Tools(this, classes);
    this.said = element("p", { class: "heard", role: "status" });
    this.root = element("div", {}, this.tools.root, this.panels, this.help(), this.said);
    if (state.large) this.enlarge(state.large);
  }

  help() {
    const key = (name) => element("kbd", {}, name);
    return element("p", { class: "hint" }, "Point at a pixel to see its source. Click or tap to pin it. Drag a rectangle to see what it was pasted from. ",
      element("span", { class: "keys" }, key("Ctrl"), " + wheel zooms, ", key("Shift"), " + drag moves. On a picture: arrow keys move by a cell, ",
        key("Enter"), " pins, ", key("R"), " starts and ends a rectangle, ", key("+"), " ", key("−"), " ", key("0"), " zoom, ", key("Esc"), " unpins."));
  }

  /* Shows a result, and the one it is compared with, if any. */
  show(result, other) {
    this.results = [result, other];
    this.ranked = false;
    const notes = this.notes(result);
    for (const pane of this.panes) pane.show(result, other, notes[pane.name]);
    this.tools.compare(other ? result.differs(other) : null);
    if (result.classes) this.tools.count(result.classShares);
    this.tools.measure(result.scale && legend(result.scale));
    const { state } = this;
    const [y, x] = state.pin ?? [this.cursor.y || result.height / 2, this.cursor.x || result.width / 2];
    this.cursor = result.clamped([y, x]);
    if (state.pin) state.pin = [this.cursor.y, this.cursor.x];
    if (state.region) state.region = this.tidied(state.region);
    if (state.category >= (result.classes ?? []).length) state.category = null;
    this.look(state.view);
    this.divide();
  }

  notes(result) {
    const { labels } = result.settings;
    return {
      output: result.classes ? `${percent(1 - result.differing("output", "network"))} equal to the network` : PASTED[labels],
      correspondences: "by training picture",
      distance: scale(result.field.distances),
      wrong: result.classes && result.pictures.truth ? percent(result.differing("network", "truth")) : "",
      other: PASTED[labels === "self" ? "original" : "self"],
      difference: "CompNN, both kinds of labels",
    };
  }

  tidied([top, left, bottom, right]) {
    const { height, width } = this.results[0];
    const [y, x] = [(at) => clamp(Math.round(at), 0, height), (at) => clamp(Math.round(at), 0, width)];
    return y(bottom) > y(top) && x(right) > x(left) ? [y(top), x(left), y(bottom), x(right)] : null;
  }

  /* The pixel of the output at a fraction of the frame. */
  pixel({ x, y }) {
    const { left, right, top, bottom } = regionOf(this.state.view);
    const { height, width } = this.results[0];
    return {
      y: clamp(Math.floor((top + y * (bottom - top)) * height), 0, height - 1),
      x: clamp(Math.floor((left + x * (right - left)) * width), 0, width - 1),
    };
  }

  /* Which of the two results lies under the cursor. */
  get side() {
    if (!this.results?.[1]) return 0;
    const { left, right } = regionOf(this.state.view);
    const x = ((this.cursor.x + 0.5) / this.results[0].width - left) / (right - left);
    return x > this.state.swipe ? 1 : 0;
  }

  get result() {
    return this.results[this.side];
  }

  move(to) {
    this.cursor = to;
    this.redraw();
  }

  /* The pointer went away. */
  left() {
    if (!this.pointing) return;
    this.pointing = false;
    this.redraw();
  }

  /* Lets a class be seen while it is pointed at. */
  hint(category) {
    this.hinted = category;
    this.redraw();
  }

  pin(at) {
    this.state.pin = at ? [at.y, at.x] : null;
    this.page.changed();
    this.move(at ?? this.cursor);
    if (at) this.say();
  }

  /* The pixels from one corner to another, both within. */
  rectangle(from, to, done) {
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y) + 1];
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x) + 1];
    this.choose({ region: [top, left, bottom, right], category: null }, done);
  }

  /* A rectangle, a class, or neither. */
  choose({ region = null, category = null }, done = true) {
    Object.assign(this.state, { region, category });
    this.hinted = null;
    this.page.chosen?.();
    this.tools.press();
    this.ranked = false;
    this.redraw();
    if (done) this.page.changed();
  }

  look(wanted) {
    const view = this.state.view = within(wanted);
    const { left, top } = regionOf(view);
    for (const { style } of this.framed) {
      style.setProperty("--zoom", view.zoom);
      style.setProperty("--left", `${-100 * left * view.zoom}%`);
      style.setProperty("--top", `${-100 * top * view.zoom}%`);
    }
    this.tools.magnified(view.zoom);
    this.redraw();
    this.page.changed();
  }

  zoom(steps) {
    const { view } = this.state;
    this.look(steps ? zoomed(view, STEP ** steps) : zoomed(view, 1 / view.zoom));
  }

  swipe(x) {
    this.state.swipe = clamp(x, 0, 1);
    this.divide();
    this.redraw();
    this.page.changed();
  }

  divide() {
    for (const { style } of this.framed) style.setProperty("--swipe", `${100 * this.state.swipe}%`);
    this.tools.swiped(this.state.swipe);
  }

  enlarge(name) {
    this.state.large = this.large === name ? null : name;
    this.large = this.state.large;
    for (const pane of this.panes) pane.enlarged(pane.name === this.large);
    this.page.changed();
  }

  /* At most once a frame, however often the pointer moves. */
  redraw() {
    if (this.waiting || !this.results) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    const { result, cursor, state } = this;
    const boxes = result.boxes(cursor);
    const fractions = state.region && {
      top: state.region[0] / result.height, left: state.region[1] / result.width,
      bottom: state.region[2] / result.height, right: state.region[3] / result.width,
    };
    const drawn = {
      boxes, mask: result.mask({ ...state, category: this.hinted ?? state.category, exemplar: this.page.highlighted }), rectangle: fractions,
      region: regionOf(state.view), zoom: state.view.zoom,
    };
    for (const pane of this.panes) pane.draw(drawn);
    this.page.moved(result, cursor, this.side);
    if (!this.ranked) this.page.rank();
    this.ranked = true;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (steps[event.key]) this.step(...steps[event.key], event.shiftKey ? 8 : 1);
    else if (event.key === "Enter" || event.key === " ") this.pin(this.state.pin ? null : this.cursor);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "0") this.zoom(0);
    else if (event.key === "r" || event.key === "R") this.corners();
    else if (event.key === "Escape" && this.holds) this.letGo();
    else return;
    event.preventDefault();
  }

  step(down, across, by) {
    const { result, cursor, state } = this;
    const along = (at, pixels, cells, n) => middlePixel(clamp(cellOf(at, pixels, cells) + n * by, 0, cells - 1), pixels, cells);
    const { rows, columns } = result.grid;
    const to = { y: along(cursor.y, result.height, rows, down), x: along(cursor.x, result.width, columns, across) };
    this.look(showing(state.view, (to.x + 0.5) / result.width, (to.y + 0.5) / result.height));
    if (this.corner) this.rectangle(this.corner, to, false);
    this.pointing = true;
    if (state.pin) this.pin(to);
    else this.move(to);
    this.say();
  }

  /* With the keyboard a rectangle has its first corner where R is pressed, and its last where it is pressed again. */
  corners() {
    if (this.corner) {
      this.rectangle(this.corner, this.cursor, true);
      this.corner = null;
    } else {
      this.corner = this.cursor;
      this.rectangle(this.corner, this.corner, false);
    }
  }

  /* Whether there is something to let go of. */
  get holds() {
    const { pin, region, category } = this.state;
    return Boolean(this.corner || pin || region || category !== null);
  }

  letGo() {
    if (this.corner) this.corner = null;
    else if (this.state.pin) return this.pin(null);
    return this.choose({});
  }

  /* For those who hear the page. */
  say() {
    const { result, cursor } = this;
    const [found] = result.matches(cursor);
    const shown = result.shownAt("output", cursor);
    this.said.textContent = `Row ${cursor.y}, column ${cursor.x}: ${shown.text}`
      + (found ? `, from ${result.gallery.exemplars[found.exemplar].id}, row ${found.row}, column ${found.column}` : ", no match");
  }
}
