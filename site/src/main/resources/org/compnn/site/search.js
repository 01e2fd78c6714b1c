"use strict";

// Looks for all words of what is typed: in titles first, then in texts.
const field = document.querySelector(".find");
const list = document.querySelector(".found");
const MOST = 12;

function score(section, words) {
  const [title, page, , text] = section.map((each) => each.toLowerCase());
  let sum = 0;
  for (const word of words) {
    const at = title.includes(word) ? 4 : page.includes(word) ? 3 : text.includes(word) ? 1 : 0;
    if (at === 0) return 0;
    sum += at;
  }
  return sum;
}

function show() {
  const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  const found = words.length === 0 ? [] : SECTIONS
    .map((section) => ({ section, score: score(section, words) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
  list.replaceChildren(...found.map(({ section: [title, page, address, text] }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const more = document.createElement("small");
    link.href = address;
    link.append(title === page ? title : page + " · " + title);
    more.append(text);
    link.append(more);
    item.append(link);
    return item;
  }));
  if (words.length > 0 && found.length === 0) {
    const item = document.createElement("li");
    item.append("Nothing found");
    list.append(item);
  }
  list.hidden = words.length === 0;
}

field.hidden = false;
field.addEventListener("input", show);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") list.querySelector("a")?.click();
  if (event.key === "Escape") { field.value = ""; show(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
});
list.addEventListener("click", () => { list.hidden = true; });
