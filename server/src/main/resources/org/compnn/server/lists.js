/* A layer whose search lists are not there yet is searched exactly, which may take minutes: says so, and offers to wait. */

import * as server from "./server.js";
import { element } from "../viewer/element.js";

const EVERY = 3000;

export class Lists {
  /* `page` has `wanted()`, the layers it asks about, by name; `hold()` and `explain()`. */
  constructor(root, db, page) {
    Object.assign(this, { root, db, page });
    this.state = { under_way: false, layers: [] };
    this.holding = false;
    root.hidden = true;
    this.look();
  }

  /* The layers asked about that have no lists. */
  lacking() {
    const wanted = this.page.wanted();
    return this.state.layers.filter((name) => wanted.includes(name));
  }

  async look() {
    clearTimeout(this.next);
    const before = this.lacking().length;
    this.state = await server.lists(this.db.id).catch(() => this.state);
    if (this.gone) return;
    const ready = before > 0 && this.lacking().length === 0;
    if (ready && this.holding) {
      this.ask();
    } else if (ready && this.page.busy.under) {
      this.came();
    } else {
      this.show();
    }
    if (this.state.layers.length) this.next = setTimeout(() => this.look(), EVERY);
  }

  say(text, button, action) {
    this.root.hidden = false;
    this.root.replaceChildren(element("span", {}, text), element("button", { type: "button", class: "quiet", onclick: action }, button));
  }

  show() {
    const names = this.lacking().map((name) => this.db.layers.find((layer) => layer.name === name)?.aliases[0] ?? name).join(" and ");
    this.root.hidden = !names;
    if (!names) return;
    if (this.holding) {
      this.say(`Waiting for the search lists of layer ${names} …`, "Ask now", () => this.ask());
    } else if (this.state.under_way) {
      this.say(`The search lists of layer ${names} are still being built. Until they are there, answers are exact and may take minutes a picture.`, "Wait for the lists", () => this.wait());
    } else {
      this.say(`Layer ${names} has no search lists: answers are exact and may take minutes a picture. Index again to build the lists.`, "Wait for the lists", () => this.wait());
    }
  }

  came() {
    this.say("The search lists are there now.", "Ask again", () => this.ask());
  }

  wait() {
    this.holding = true;
    this.page.hold();
    this.show();
  }

  ask() {
    this.page.explain();
  }

  /* A question is asked: nothing is waited for any more. */
  begin() {
    this.holding = false;
    this.show();
  }

  leave() {
    this.gone = true;
    clearTimeout(this.next);
    this.root.hidden = true;
  }
}
