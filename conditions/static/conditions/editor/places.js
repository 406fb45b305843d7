// JSON pointers and the places on the screen that they name. Both follow the order of the parts.

import { listItems, open } from "./moves.js";

/** Every place that has a pointer, by its pointer. */
export function mapPlaces(root) {
  const places = new Map();
  const walk = (element, pointer) => {
    for (const child of element.children) {
      let here = pointer;
      if (child.matches(".editor-item")) here = `${pointer}/${listItems(element).indexOf(child)}`;
      else if (child.dataset.step) here = `${pointer}/${child.dataset.step}`;
      else if (child.dataset.pointer) here = child.dataset.pointer;
      if (here !== pointer) places.set(here, child);
      walk(child, here);
    }
  };
  for (const panel of root.querySelectorAll("[role=tabpanel]")) walk(panel, "");
  return places;
}

/** The pointer of the field that this element is in. */
export function pointerOf(element) {
  let pointer = "";
  for (let here = element; here && !here.matches("[role=tabpanel]"); here = here.parentElement) {
    if (here.matches(".editor-item")) pointer = `/${listItems(here.parentElement).indexOf(here)}${pointer}`;
    else if (here.dataset.step) pointer = `/${here.dataset.step}${pointer}`;
  }
  return pointer;
}

/** The place of a pointer, or the nearest one around it. */
export function findPlace(places, pointer) {
  for (let here = pointer; here; here = here.slice(0, here.lastIndexOf("/"))) {
    if (places.has(here)) return places.get(here);
  }
  return null;
}

/** The pointer in words: “Sections › Symptoms › Text”. */
export function labelOf(places, pointer) {
  const place = findPlace(places, pointer);
  if (!place) return "The page";
  const words = [];
  for (let here = place; here && !here.matches("[role=tabpanel]"); here = here.parentElement) {
    if (here.matches(".editor-item")) words.unshift(here.toggle.firstChild.textContent);
    else if (here.dataset.label) words.unshift(here.dataset.label);
  }
  return words.join(" › ");
}

/** Opens the tab and the parts around a place, and puts the focus there. */
export function goTo(editor, pointer) {
  let place = findPlace(editor.places(), pointer);
  if (!place) return;
  const panel = place.closest("[role=tabpanel]");
  editor.tabs.select(editor.tabs.tabs.find((tab) => tab.panel === panel));
  // A part may make its fields when it is opened: then the place is one of them.
  for (let opened = null; opened !== place; place = findPlace(editor.places(), pointer)) {
    opened = place;
    for (let item = place.closest(".editor-item"); item; item = item.parentElement.closest(".editor-item")) open(item, true);
  }
  const more = place.closest("details");
  if (more) more.open = true;
  const target = place.matches("[data-focus]") ? place : (place.querySelector("[data-focus]") ?? place.querySelector("button"));
  target?.focus({ preventScroll: true });
  (place.matches(".editor-item, .editor-list") ? place : (target ?? place)).scrollIntoView({ block: "center" });
}
