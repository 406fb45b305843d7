// What stands against the draft: at each field, counted on tabs and parts, and all in one list.

import { h } from "./dom.js";
import { findPlace, labelOf } from "./places.js";

/** The list of everything, above the tabs. */
export function makeOverview() {
  const summary = h("summary", {});
  const list = h("ul", {});
  const box = h("details", { class: "desk-card editor-overview", hidden: true }, summary, list);
  return { box, summary, list };
}

/** Shows errors (they stop saving) and problems (they stop publishing). */
export function showProblems(editor, { errors, problems }) {
  const places = editor.places();
  clear(editor.root);
  const all = [
    ...errors.map((error) => ({ ...error, stops: "saving" })),
    ...problems.map((problem) => ({ ...problem, stops: "publishing" })),
  ];
  const counts = new Map();
  for (const found of all) {
    const place = findPlace(places, found.pointer);
    if (place) showAt(place, found);
    for (const counted of place ? listAround(editor, place) : []) counts.set(counted, (counts.get(counted) ?? 0) + 1);
  }
  for (const [element, number] of counts) showCount(element, number);
  listAll(editor, places, all, errors.length);
}

function clear(root) {
  for (const messages of root.querySelectorAll(".editor-messages")) messages.replaceChildren();
  for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const count of root.querySelectorAll(".editor-count")) count.hidden = true;
}

function showAt(place, { message, hint, stops, code }) {
  if (code && code === place.dataset.shows) return; // the field says it itself, at the character
  const messages = place.querySelector(".editor-messages");
  if (!messages) return;
  const className = stops === "saving" ? "desk-error" : "editor-problem";
  messages.append(h("p", { class: className }, [message, hint].filter(Boolean).join(" ")));
  const input = place.matches(".editor-field") ? place.querySelector("input:not([type=file]), textarea, select") : null;
  if (stops === "saving") input?.setAttribute("aria-invalid", "true");
}

// The counters of the tab and of every part that a place lies in.
function listAround(editor, place) {
  const panel = place.closest("[role=tabpanel]");
  const found = editor.tabs.tabs.filter((tab) => tab.panel === panel).map((tab) => tab.count);
  for (let item = place.closest(".editor-item"); item; item = item.parentElement.closest(".editor-item")) {
    found.push(item.toggle.querySelector(".editor-count"));
  }
  return found;
}

function showCount(element, number) {
  element.hidden = false;
  element.replaceChildren(String(number), h("span", { class: "editor-spoken" }, number === 1 ? " problem" : " problems"));
}

function listAll(editor, places, all, errors) {
  const { box, summary, list } = editor.overview;
  box.hidden = all.length === 0;
  const words = errors ? `${say(errors)} before this can be saved` : `${say(all.length)} before this can be published`;
  summary.textContent = words;
  list.replaceChildren(
    ...all.map(({ pointer, message, hint }) =>
      h(
        "li",
        {},
        findPlace(places, pointer) ? h("a", { href: `#${pointer}` }, labelOf(places, pointer)) : "The page",
        ": ",
        [message, hint].filter(Boolean).join(" "),
      ),
    ),
  );
}

const say = (number) => (number === 1 ? "1 thing to put right" : `${number} things to put right`);

/** How each text reads, below it, and the whole page in the bar. */
export function showReading(editor, hints) {
  const places = editor.places();
  for (const line of editor.root.querySelectorAll("[data-reading]")) line.textContent = "";
  for (const [pointer, reading] of Object.entries(hints.texts)) {
    const line = places.get(pointer)?.querySelector("[data-reading]");
    if (line) line.textContent = [sayReading(reading), reading.advice].filter(Boolean).join(" · ");
  }
  editor.bar.reading.textContent = sayReading(hints.page);
}

function sayReading({ words, minutes, reading_age: age }) {
  const parts = [`${words} ${words === 1 ? "word" : "words"}`, `${minutes} min`];
  if (age !== null) parts.push(`reading age ${age}`);
  return parts.join(" · ");
}
