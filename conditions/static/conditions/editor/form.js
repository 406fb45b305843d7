// The form: a tab for each group of fields. Each field writes into the draft itself.

import { makeCheck, makeLine, makeNumber, makeSelect, makeTags, makeText } from "./controls.js";
import { h, makeId } from "./dom.js";
import { makeParts } from "./parts.js";
import { makeReferences, makeSources } from "./references.js";
import { makeSource } from "./translation.js";

const CONTROLS = {
  line: makeLine,
  text: makeText,
  select: makeSelect,
  number: makeNumber,
  check: makeCheck,
  tags: makeTags,
  references: makeReferences,
  parts: makeParts,
  sources: makeSources,
  source: makeSource,
};

/** The control for one field of `holder`: the draft, or a part of it. */
export function makeControl(editor, holder, spec, depth = 1) {
  return (editor.fields.controls[spec.control] ?? CONTROLS[spec.control])(editor, holder, spec, depth);
}

/** The tabs and their panels. */
export function makeForm(editor) {
  const tablist = h("div", { class: "editor-tabs", role: "tablist", "aria-label": "Parts of the page" });
  const tabs = editor.fields.tabs.map((tab) => makeTab(editor, tab));
  tablist.append(...tabs.map(({ button }) => button));
  tablist.addEventListener("keydown", (event) => walk(event, tabs, select));
  for (const tab of tabs) tab.button.addEventListener("click", () => select(tab));

  function select(tab, { focus = false } = {}) {
    for (const other of tabs) {
      const isCurrent = other === tab;
      other.button.setAttribute("aria-selected", String(isCurrent));
      other.button.tabIndex = isCurrent ? 0 : -1;
      other.panel.hidden = !isCurrent;
    }
    tab.button.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focus) tab.button.focus();
    editor.previews?.ask();
  }

  select(tabs[0]);
  return { tablist, tabs, select, panels: tabs.map(({ panel }) => panel) };
}

function makeTab(editor, { id, title, fields }) {
  const panelId = makeId(`panel-${id}`);
  const count = h("span", { class: "editor-count", hidden: true });
  const button = h("button", { type: "button", id: makeId(`tab-${id}`), role: "tab", class: "editor-tab", "aria-controls": panelId }, title, count);
  const known = fields.filter(({ name, control }) => control === "sources" || name in editor.draft);
  const panel = h(
    "div",
    { id: panelId, role: "tabpanel", class: "desk-card editor-panel", "aria-labelledby": button.id },
    known.map((spec) => makeControl(editor, editor.draft, spec)),
  );
  return { id, title, button, count, panel };
}

function walk(event, tabs, select) {
  const now = tabs.findIndex(({ button }) => button === document.activeElement);
  const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (next === undefined || now < 0) return;
  event.preventDefault();
  select(tabs[(next + tabs.length) % tabs.length], { focus: true });
}
