/* Many things in rows, of which only those in sight exist; one of them is current, by keys or pointer. */

import { element } from "../viewer/element.js";
import { clamp } from "../viewer/format.js";

const GAP = 10;
/* Rows beyond the edges that are there already when they come into sight. */
const AHEAD = 3;

export class Grid {
  /*
   * `card(item)` makes an element for an item, `key(item)` names it; `open(item)` is told what was chosen, `moved(item)` what is current.
   * `shape()` is the width over the height of a picture, `text` the height of what stands below it.
   */
  constructor({ label, card, key, open, moved = () => {}, shape, text, width = 210 }) {
    Object.assign(this, { card, key, open, moved, shape, text, least: width });
    this.items = [];
    this.cards = new Map();
    this.at = null;
    this.room = element("div", { class: "room", role: "presentation" });
    this.root = element("div", { class: "grid", role: "listbox", "aria-label": label, tabindex: "0" }, this.room);
    this.root.addEventListener("scroll", () => this.later(), { passive: true });
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.root.addEventListener("click", (event) => this.clicked(event));
    new ResizeObserver(() => { this.measure(); this.later(); }).observe(this.root);
  }

  /* Other items; what is current stays so, where it is still there. */
  show(items) {
    this.items = items;
    this.places = null;
    this.measure();
    this.draw();
  }

  resize(width) {
    this.least = width;
    const [first] = [Math.floor(this.root.scrollTop / (this.step || 1)) * (this.across || 1)];
    this.measure();
    this.root.scrollTop = Math.floor(first / this.across) * this.step;
    this.draw();
  }

  measure() {
    const width = this.root.clientWidth - 2 * GAP;
    if (width <= 0) return;
    this.across = Math.max(1, Math.floor((width + GAP) / (Math.min(this.least, width) + GAP)));
    this.wide = (width - (this.across - 1) * GAP) / this.across;
    this.high = Math.round(this.wide / this.shape()) + this.text;
    this.step = this.high + GAP;
    this.room.style.height = `${Math.ceil(this.items.length / this.across) * this.step + GAP}px`;
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  /* Makes what comes into sight, forgets what left it, and puts all in place. */
  draw() {
    if (!this.step || !this.root.clientHeight) return;
    const { scrollTop, clientHeight } = this.root;
    const first = Math.max(0, Math.floor(scrollTop / this.step) - AHEAD) * this.across;
    const last = Math.min(this.items.length, (Math.ceil((scrollTop + clientHeight) / this.step) + AHEAD) * this.across);
    const wanted = new Map();
    for (let i = first; i < last; i++) wanted.set(this.key(this.items[i]), i);
    for (const [key, made] of this.cards) {
      if (wanted.has(key) && made.item === this.items[wanted.get(key)]) continue;
      made.root.remove();
      this.cards.delete(key);
    }
    for (const [key, i] of wanted) {
      let made = this.cards.get(key);
      if (!made) {
        made = { item: this.items[i], root: this.card(this.items[i]) };
        made.root.setAttribute("role", "option");
        made.root.id = `${this.root.id || "grid"}-${key}`;
        made.root.dataset.key = key;
        made.root.classList.add("item");
        this.cards.set(key, made);
        this.room.append(made.root);
      }
      const { style } = made.root;
      style.width = `${this.wide}px`;
      style.height = `${this.high}px`;
      style.transform = `translate(${GAP + (i % this.across) * (this.wide + GAP)}px, ${GAP + Math.floor(i / this.across) * this.step}px)`;
      made.root.setAttribute("aria-setsize", this.items.length);
      made.root.setAttribute("aria-posinset", i + 1);
      made.root.setAttribute("aria-selected", String(key === this.at));
    }
    if (this.cards.has(this.at)) this.root.setAttribute("aria-activedescendant", this.cards.get(this.at).root.id);
    else this.root.removeAttribute("aria-activedescendant");
  }

  get place() {
    this.places ??= new Map(this.items.map((item, i) => [this.key(item), i]));
    return this.places.get(this.at) ?? -1;
  }

  get current() {
    return this.items[this.place] ?? null;
  }

  /* Makes an item current and brings it into sight. */
  go(key) {
    this.at = key;
    const i = this.place;
    if (i >= 0 && this.step) {
      const top = Math.floor(i / this.across) * this.step;
      const { scrollTop, clientHeight } = this.root;
      if (top < scrollTop) this.root.scrollTop = top;
      else if (top + this.step + GAP > scrollTop + clientHeight) this.root.scrollTop = top + this.step + GAP - clientHeight;
    }
    this.draw();
    this.moved(this.current);
  }

  move(by) {
    if (!this.items.length) return;
    const from = this.place;
    this.go(this.key(this.items[from < 0 ? 0 : clamp(from + by, 0, this.items.length - 1)]));
  }

  /* Whether a key was one of the grid's. */
  takes(event) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / (this.step || 1))) * (this.across || 1);
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.across, ArrowDown: this.across, j: 1, k: -1, J: 1, K: -1,
      PageUp: -page, PageDown: page,
    };
    const { items } = this;
    if (event.key in steps) this.move(steps[event.key]);
    else if (items.length && (event.key === "Home" || event.key === "End")) this.go(this.key(items[event.key === "End" ? items.length - 1 : 0]));
    else if (event.key === "Enter" && this.current) this.open(this.current);
    else return false;
    return true;
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (this.takes(event)) event.preventDefault();
  }

  clicked(event) {
    const found = event.target.closest(".item");
    if (!found) return;
    const made = [...this.cards.values()].find(({ root }) => root === found);
    this.at = this.key(made.item);
    this.open(made.item);
  }
}
