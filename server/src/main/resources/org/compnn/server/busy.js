/* What is under way, how far it is, and a way to end it. */

import * as server from "./server.js";

const AFTER = 150;
const EVERY = 250;
const STAGES = { waiting: "Waiting in the queue", starting: "Running the network" };

export class Busy {
  constructor(root, cancelled) {
    this.root = root;
    this.text = root.querySelector("p");
    this.under = false;
    this.line = root.querySelector(".line");
    root.querySelector("button").addEventListener("click", () => {
      server.cancel().catch(() => {});
      cancelled();
    });
  }

  begin() {
    this.end();
    this.under = true;
    this.shown = setTimeout(() => {
      this.text.textContent = "Searching …";
      this.line.style.removeProperty("--done");
      this.root.hidden = false;
      this.asked = setInterval(() => this.ask(), EVERY);
    }, AFTER);
  }

  async ask() {
    const { stage, done, total } = await server.work().catch(() => ({}));
    if (!stage || this.root.hidden) return;
    const name = STAGES[stage] ?? stage.charAt(0).toUpperCase() + stage.slice(1);
    this.text.textContent = `${name} …${total ? ` ${Math.round((100 * done) / total)} %` : ""}`;
    if (total) this.line.style.setProperty("--done", `${(100 * done) / total}%`);
    else this.line.style.removeProperty("--done");
  }

  end() {
    this.under = false;
    clearTimeout(this.shown);
    clearInterval(this.asked);
    this.root.hidden = true;
  }
}
