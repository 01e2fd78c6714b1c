/* The page: a data set at first, then one of its pictures; which of them, and how, is in the address. */

import * as address from "./address.js";
import * as server from "./server.js";
import { select } from "./controls.js";
import { Decisions } from "./decisions.js";
import { Home } from "./home.js";
import { keysWindow } from "./keys.js";
import { PicturePage } from "./picture.js";
import { element } from "../viewer/element.js";
import { noFilters } from "../viewer/sift.js";

const place = (id) => document.getElementById(id);
const TABS = { pictures: "Pictures", confusion: "Confusion", classes: "Classes", map: "Map", suspects: "Suspects", culprits: "Culprits" };

let databases = [];
let form = [];
let home = null;
let page = null;
let state = null;
let help = null;

/* What the page calls the settings that can mend what was refused. */
function remedies({ settings = [] }) {
  const titles = settings.map((name) => (name === "only" || name === "without"
    ? "the choice of training pictures" : form.find((control) => control.name === name)?.title));
  return [...new Set(titles.filter(Boolean))].join(" or ");
}

/* A line for a person, and how to try again. */
function say(error, again = null) {
  const remedy = error ? remedies(error) : "";
  const box = place("message");
  box.hidden = !error;
  box.replaceChildren(...(error ? [element("span", {}, remedy ? `${error.message} (see ${remedy})` : error.message), ...(again ? [element("button", { type: "button", class: "quiet", onclick: again }, "Try again")] : [])] : []));
}

const app = {
  say,
  /* Another place, to come back from. */
  visit: () => { history.pushState(null, "", address.write(state)); },
  /* The same place, a little different. */
  changed: () => {
    history.replaceState(null, "", address.write(state));
    if (!state.query) tabs();
  },
  /* The query of a picture of one's own, which is one of a set of its own from now on. */
  dropped: ({ id, pictures }) => {
    const set = home.sets.find((each) => each.id === "uploads");
    if (set) set.pictures = pictures;
    return `upload/${id}`;
  },
  open: (query, part = null) => { go({ ...state, ...address.read(""), home: state.home, database: state.database, query, part }); },
  get set() { return home.set.id; },
  summary: (query) => home?.summaryOf(query) ?? null,
  /* Another view of the data, to come back from. */
  turn: (changes) => { go({ ...state, home: { ...state.home, ...changes } }); },
  get review() { return home.review; },
  beside: (query, by) => home?.beside(query, by) ?? null,
};

function go(to) {
  history.pushState(null, "", address.write(to));
  start(to).catch(say);
}

const toHome = (shown) => go({ ...address.read(""), database: state.database, home: { ...state.home, ...(shown ? { show: shown } : {}) } });

/* The views of the data by their keys, from 1. */
const shownViews = () => Object.fromEntries(Object.keys(TABS).filter((name) => home.shows(name)).map((name, i) => [i + 1, name]));

/* At the top: which database, and the views of its data. */
function tabs() {
  const { show } = state.home;
  const to = (shown) => address.write({ database: state.database, home: { ...state.home, show: shown } });
  place("tabs").replaceChildren(...Object.entries(shownViews()).map(([key, name]) => element("a", { href: to(name), "data-show": name, title: `${TABS[name]} (${key})`, "aria-current": !state.query && name === show ? "page" : false }, TABS[name])));
  const several = databases.length > 1
    ? [select("database", "Database", Object.fromEntries(databases.map(({ id }) => [id, id])), state.database, (id) => go({ ...address.read(""), database: id }))] : [];
  const sets = home.sets.filter((set) => set.pictures || set.id === home.set?.id);
  place("sets").replaceChildren(...several, ...(!state.query && sets.length > 1
    ? [select("set", "Set of pictures", Object.fromEntries(sets.map(({ id, title, pictures }) => [id, `${title} (${pictures})`])), home.set?.id, (id) => go({ ...state, home: { ...state.home, set: id, filters: noFilters(), cell: null } }))]
    : several.length ? [] : [element("span", { class: "soft" }, state.database)]));
}

async function start(wanted) {
  const known = databases.some(({ id }) => id === wanted.database);
  state = known ? wanted : { ...wanted, database: databases[0].id, query: wanted.database ? null : wanted.query };
  if (home?.db.id !== state.database) {
    home?.leave();
    home = null;
    const db = await server.database(state.database);
    home = new Home(db, state.home, app);
    home.review = new Decisions(db);
  }
  page?.leave();
  page = null;
  say(null);
  const { query } = state;
  document.body.classList.toggle("at-home", !query);
  place("controls").hidden = place("stage").hidden = Boolean(!query);
  place("choice").replaceChildren();
  place("actions").replaceChildren();
  if (query) {
    place("home").replaceChildren();
    page = new PicturePage(app, form, home.db, state);
    tabs();
    await page.explain();
  } else {
    place("home").replaceChildren(home.root);
    home.follow(state.home);
    tabs();
    document.title = `${home.title()} · CompNN`;
    home.arrived();
  }
}

const drops = (on) => document.body.classList.toggle("dropping", on);
addEventListener("dragover", (event) => { event.preventDefault(); drops(true); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drops(false); });
addEventListener("drop", (event) => {
  event.preventDefault();
  drops(false);
  const files = [...event.dataTransfer.files];
  if (files.length > 1) takeAll(files);
  else if (files.length) take(files[0]);
});

/* Keeps a picture of one's own on the server, and explains it. */
async function take(file) {
  if (page) return page.take(file);
  try {
    app.open(app.dropped(await server.upload(file, home.db.upload)));
  } catch (error) {
    say(error);
  }
  return null;
}

/* Keeps several, and shows them beside each other; what cannot be kept is said in the end. */
async function takeAll(files) {
  const refused = [];
  for (const file of files) {
    try {
      app.dropped(await server.upload(file, home.db.upload));
    } catch (error) {
      refused.push(error.message);
    }
  }
  go({ ...address.read(""), database: state.database, home: { ...address.read("").home, set: "uploads" } });
  if (refused.length) say(new Error(refused.length > 1 ? `${refused[0]} (and ${refused.length - 1} more)` : refused[0]));
}

const typing = (target) => target.closest?.("input:not([type=range]), textarea, select, dialog[open]");

/* Keys that mean the same wherever the focus is, but where one writes. */
addEventListener("keydown", (event) => {
  if (!home || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && event.target.matches?.("input[type=search]")) event.target.blur();
  else if (typing(event.target)) return;
  else if (event.key === "?") (help ??= keysWindow()).open();
  else if (event.key === "/" && !page) home.facets.begin();
  else if ((event.key === "w" || event.key === "W") && home.set) worst();
  else if (page?.takes(event)) event.preventDefault();
  else if (page && "jJkK".includes(event.key)) beside("jJ".includes(event.key) ? 1 : -1);
  else if (page && event.key === "Escape") toHome();
  else if (!page && Number(event.key) in shownViews()) app.turn({ show: shownViews()[event.key], cell: null });
  else if (page || !home.takes(event)) return;
  event.preventDefault();
});

function worst() {
  const found = home.worst(page ? state.query : null);
  if (found && page) page.ask(found.query);
  else if (found) home.go(found.key);
}

function beside(by) {
  const to = app.beside(state.query, by) ?? page.picker.beside(state.query, by);
  if (to) page.ask(to);
}

addEventListener("hashchange", () => {
  if (location.hash !== "#main") start(address.read(location.hash)).catch(say);
});
addEventListener("click", (event) => document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));

try {
  [databases, form] = await Promise.all([server.databases(), server.settings()]);
  await start(address.read(location.hash));
} catch (error) {
  say(error);
}
