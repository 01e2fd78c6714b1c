/* What stands below the pictures: classes, ranked exemplars, numbers, settings. */

/* What is highlighted: what is pointed at, else what was pressed, which is one thing at a time. */
class Highlight {
  constructor(changed) {
    this.changed = changed;
    this.pressed = null;
    this.pointed = null;
  }

  get value() {
    return this.pointed ?? this.pressed?.value ?? null;
  }

  point(value) {
    this.pointed = value;
    this.changed();
  }

  press(button, value) {
    const again = this.pressed?.button === button;
    this.pressed?.button.setAttribute("aria-pressed", "false");
    this.pressed = again ? null : { button, value };
    this.pointed = null;
    button.setAttribute("aria-pressed", String(!again));
    this.changed();
  }

  button(button, value) {
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") this.point(value); });
    button.addEventListener("pointerleave", () => this.point(null));
    button.addEventListener("focus", () => { if (button.matches(":focus-visible")) this.point(value); });
    button.addEventListener("blur", () => this.point(null));
    button.addEventListener("click", () => this.press(button, value));
    return button;
  }
}

function classLegend(explained, panels, highlight) {
  const composition = panels.find((panel) => panel.key === "composition");
  const counts = new Array(explained.classes.length).fill(0);
  for (const index of composition.classes) if (index >= 0) counts[index]++;
  const buttons = explained.classes.map(({ name, colour }, index) => highlight.button(
    element("button", { type: "button" }, swatch(colour), name,
      element("span", { class: "soft number" }, percent(counts[index] / composition.classes.length))),
    { kind: "class", index }));
  return element("div", { class: "classes", role: "group", "aria-label": "Classes" }, ...buttons);
}

const FIRST_SHOWN = 24;

function rankedSection(explained, highlight) {
  const { ranked } = explained;
  const list = element("div", { class: "ranked" });
  const matched = ranked.reduce((sum, entry) => sum + entry.cells, 0);
  const section = element("section", { "aria-label": "Training pictures" },
    element("h2", {}, "Training pictures behind this output"),
    element("p", { class: "lead" },
      `${ranked.length} of ${explained.settings.selected} training pictures give its ${matched} cells. `
      + "The regions used are tinted. Point at a picture to see what it gave; click to keep it."),
    list);
  const show = (count) => {
    const made = ranked.slice(list.children.length, count).map((entry) => rankedButton(explained, entry, highlight));
    list.append(...made.map(({ button }) => button));
    requestAnimationFrame(() => made.forEach(({ draw }) => draw()));
  };
  show(FIRST_SHOWN);
  if (ranked.length > FIRST_SHOWN) {
    const more = element("button", { class: "more", type: "button", onclick: () => { more.remove(); show(ranked.length); } },
      `Show all ${ranked.length}`);
    section.append(more);
  }
  return section;
}

function rankedButton(explained, entry, highlight) {
  const exemplar = explained.gallery[entry.place];
  const still = new Still(`${explained.input.width} / ${explained.input.height}`);
  const tint = element("div", { class: "tint" });
  tint.style.background = entry.colour;
  const button = element("button", { type: "button", title: [exemplar.id, ...exemplar.tags].join(" · "), "data-place": entry.place },
    tint, still.root,
    element("span", { class: "text" }, element("span", { class: "id" }, exemplar.id),
      element("span", { class: "soft number" }, `${percent(entry.share)} · ${entry.cells} cells`)));
  const draw = () => still.show(exemplar.input, WHOLE, ({ context, width, height }) => {
    const { rows, columns } = explained.exemplarGrid;
    context.fillStyle = "rgb(0 0 0 / 45%)";
    context.fillRect(0, 0, width, height);
    const [r, g, b] = rgb(entry.colour);
    context.fillStyle = `rgb(${r} ${g} ${b} / 88%)`;
    for (const cell of explained.used.get(entry.place) ?? []) {
      const row = Math.floor(cell / columns);
      const column = cell % columns;
      context.fillRect((column / columns) * width, (row / rows) * height,
        Math.max(1.5, width / columns), Math.max(1.5, height / rows));
    }
  });
  return { button: highlight.button(button, { kind: "exemplar", place: entry.place }), draw };
}

function numberCell(value, decimals) {
  return element("td", { class: "number" }, value === null ? "–" : value.toFixed(decimals));
}

function metricsTable({ columns, rows }, group) {
  const shown = columns.filter((column) => column.group === group);
  return element("div", { class: "scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Answer"), element("th", { scope: "col" }, "Against"),
      ...shown.map((column) => element("th", { class: "number", scope: "col" }, column.title)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {},
      element("td", {}, row.answer), element("td", { class: "soft" }, row.against),
      ...shown.map((column) => numberCell(row.values[column.key].value, column.decimals)))))));
}

/* A table turned on its side: a line for each class. */
function classTable({ columns, rows }, group, classes) {
  const shown = columns.filter((column) => column.group === group);
  return element("div", { class: "scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Class"),
      ...rows.map((row) => element("th", { class: "number", scope: "col" }, row.answer, element("br"), `against ${row.against}`)))),
    element("tbody", {}, ...shown.map((column, index) => element("tr", {},
      element("td", {}, swatch(classes[index]?.colour ?? "#606060"), " ", column.title),
      ...rows.map((row) => numberCell(row.values[column.key].value, column.decimals)))))));
}

function numbersCard(explained) {
  const { agreement, reconstructed } = explained;
  const card = element("div", { class: "card" }, element("h2", {}, "Numbers of this picture"), metricsTable(agreement, ""));
  for (const group of new Set(agreement.columns.map((column) => column.group))) {
    if (group) card.append(element("details", {}, element("summary", {}, group), classTable(agreement, group, explained.classes ?? [])));
  }
  const db = reconstructed.psnr === null ? "identical to" : `PSNR ${reconstructed.psnr.toFixed(2)} dB,`;
  card.append(element("p", { class: "hint" },
    `Reconstructed input: ${db} ${reconstructed.psnr === null ? "the input" : `L1 ${reconstructed.l1.toFixed(4)}`}`
    + (reconstructed.ssim === null ? "" : `, SSIM ${reconstructed.ssim.toFixed(3)}`) + "."));
  return card;
}

const milliseconds = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);
const DISTANCES = { l2: "squared L2, standardised channels", cosine: "cosine" };
const OVERLAPS = { none: "own patch only", average: "hyperpatches averaged" };
const PASTED = { original: "original", self: "self-supervised" };

function settingsCard(explained) {
  const { settings, timings } = explained;
  const { layer } = settings;
  const field = (geometry) => (geometry.before === null || geometry.after === null
    ? "whole picture" : round(geometry.before + geometry.after));
  const lines = [
    ["Network", settings.network],
    ["Database", settings.database],
    ["Layer", [layer.name, ...layer.aliases.slice(0, 1).map((alias) => `(${alias})`)].join(" ")],
    ["Cells", `${layer.vertical.cells} × ${layer.horizontal.cells}, ${layer.channels} channels`],
    ["Stride", `${round(layer.vertical.stride)} × ${round(layer.horizontal.stride)} pixels`],
    ["Receptive field", `${field(layer.vertical)} × ${field(layer.horizontal)} pixels a cell`],
    ["Hyperpatch", `${settings.hyperpatch} × ${settings.hyperpatch} cells`],
    ["Distance", DISTANCES[settings.distance] ?? settings.distance],
    ["Search", `${settings.search}, ${settings.top_k} a cell`],
    ["Labels pasted", PASTED[settings.labels] ?? settings.labels],
    ["Overlap", OVERLAPS[settings.overlap] ?? settings.overlap],
    ["Exemplars", `${settings.selected} of ${settings.exemplars}`],
    ...Object.entries(settings.further),
  ];
  const pair = ([name, value]) => [element("dt", {}, name), element("dd", {}, value)];
  const stages = Object.entries(timings).map(([stage, ms]) => [stage, milliseconds(ms)]);
  return element("div", { class: "card" }, element("h2", {}, "Settings"),
    element("dl", { class: "settings number" }, ...lines.flatMap(pair),
      ...(stages.length ? [element("div", { class: "rule" })] : []), ...stages.flatMap(pair)));
}

/* Sections that come ready made: figures as SVG, tables as text. */
function readySections(sections) {
  return sections.map(({ title, lead, figures, table }) => {
    const drawn = figures.map((svg) => element("div", { class: "figure" },
      document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true)));
    const cells = (tag, row) => row.map((text, i) => element(tag, { class: i ? "number" : "" }, text));
    return element("section", {}, element("h2", {}, title), element("p", { class: "lead" }, lead), ...drawn,
      table ? element("div", { class: "card scroll" }, element("table", {},
        element("thead", {}, element("tr", {}, ...cells("th", table.columns))),
        element("tbody", {}, ...table.rows.map((row) => element("tr", {}, ...cells("td", row)))))) : null);
  });
}
