// Lists of parts: their items, what each shows, and the anchor that each gets.

import { copy, h, makeId } from "./dom.js";
import { makeControl } from "./form.js";
import { arrange, listItems, makeMoves, open } from "./moves.js";

/** A list of parts under its heading. */
export function makeParts(editor, holder, spec, depth = 1) {
  const kind = editor.fields.parts[spec.parts];
  const items = h(
    "div",
    {
      class: "editor-items",
      "x-data": true,
      "x-sort": "$dispatch('editor-sorted')",
      "x-sort:group": `parts-${spec.parts}`,
      "x-sort:config": "{ handle: '.editor-grip', filter: '', preventOnFilter: false, swapThreshold: 0.65 }",
    },
    h("p", { class: "desk-muted editor-none" }, "None yet."),
  );
  items.list = holder[spec.name];
  items.partsName = spec.parts;
  const heading = makeId(spec.name);
  const add = h("button", { type: "button", class: "desk-button editor-add", on: { click: addPart } }, `Add ${kind.article ?? "a"} ${kind.one}`);
  const filter = spec.filter ? makeFilter(items, kind, spec) : null;
  const box = h(
    "div",
    { class: "editor-list", role: "group", "aria-labelledby": heading, data: { step: spec.name, label: spec.label } },
    h("div", { class: "editor-list-head" }, h(depth > 1 ? "h3" : "h2", { id: heading }, spec.label), spec.hint ? h("p", { class: "desk-hint" }, spec.hint) : null),
    h("div", { class: "editor-messages", id: makeId("list-messages") }),
    filter,
    items,
    add,
  );
  for (const part of holder[spec.name]) items.append(makePart(editor, part, kind, items));
  items.addPart = addPart;

  function addPart(event, values = {}) {
    const part = { ...copy(editor.form.blanks[spec.parts]), ...values };
    if ("id" in part) part.id = makeAnchor(editor, part[kind.title] || kind.one, items, part);
    insertPart(editor, part, items.lastElementChild);
  }

  return box;
}

/** Shows a new part after this one, opens it and puts the focus into its first field. */
function insertPart(editor, part, after) {
  const items = after.parentElement;
  editor.fresh.add(part);
  const item = makePart(editor, part, editor.fields.parts[items.partsName], items);
  after.after(item);
  arrange(editor, items);
  open(item, true);
  item.querySelector(".editor-item-body [data-focus]").focus();
}

// Words that the parts must have somewhere; what does not have them is out of sight.
function makeFilter(items, kind, spec) {
  const id = makeId("filter");
  const found = h("span", { class: "desk-hint", role: "status" });
  const input = h("input", { id, type: "search", class: "editor-filter-words", placeholder: "Words or an id", autocomplete: "off", on: { input: show } });
  function show() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = listItems(items);
    for (const item of all) {
      const text = JSON.stringify(item.entry).toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    }
    const shown = all.filter((item) => !item.hidden).length;
    found.textContent = words.length ? `${shown} of ${all.length}` : "";
  }
  return h("div", { class: "editor-filter desk-field" }, h("label", { for: id }, `Find in ${spec.label.toLowerCase()}`), h("div", {}, input, found));
}

function makePart(editor, part, kind, items) {
  const item = h("section", { class: "editor-item", "x-sort:item": "1" });
  const body = h("div", { class: "editor-item-body", id: makeId("part"), hidden: true, data: { kind: items.partsName } });
  const title = h("span", { class: "editor-item-title" });
  const badge = kind.badge ? h("span", { class: "desk-badge" }) : null;
  const line = kind.line ? h("code", { class: "editor-item-line" }) : null;
  const count = h("span", { class: "editor-count", hidden: true });
  const toggle = h(
    "button",
    { type: "button", class: "editor-toggle", "aria-expanded": "false", "aria-controls": body.id, on: { click: () => open(item, body.hidden) } },
    title,
    badge,
    line,
    count,
  );
  const clone = kind.clones ? () => insertPart(editor, cloneOf(editor, part, items), item) : null;
  Object.assign(item, { entry: part, body, toggle, moves: makeMoves(editor, item, kind, { nests: items.partsName === "sections", clone }) });
  item.append(
    h("div", { class: "editor-item-head" }, h("span", { class: "editor-grip", "aria-hidden": "true", title: "Drag to move" }, "⠿"), toggle, h("div", { class: "editor-moves" }, Object.values(item.moves))),
    h("div", { class: "editor-messages", id: makeId("part-messages") }),
    body,
  );
  if (kind.lazy) item.make = () => makeFields(editor, item, kind);
  else makeFields(editor, item, kind);
  const sayTitle = () => {
    title.textContent = part[kind.title] || part[kind.otherTitle] || `New ${kind.one}`;
    if (line) line.textContent = part[kind.line] ?? "";
    if (badge) {
      badge.textContent = (part[kind.badge] ?? "").replace("_", "-");
      badge.dataset.state = { emergency: "safety", urgent: "changes_requested" }[part[kind.badge]] ?? "";
    }
  };
  item.sayTitle = sayTitle;
  item.addEventListener("input", (event) => {
    if (event.target.closest(".editor-item") !== item) return;
    followTitle(editor, item, kind);
    sayTitle();
  });
  item.addEventListener("change", sayTitle);
  sayTitle();
  return item;
}

function makeFields(editor, item, kind) {
  const { body, entry } = item;
  const more = h("details", { class: "editor-more" }, h("summary", {}, "More"));
  for (const spec of kind.fields) {
    (spec.more ? more : body).append(makeControl(editor, entry, spec, 2));
  }
  const nested = body.querySelector(":scope > .editor-list");
  if (more.children.length > 1) body.insertBefore(more, kind.lazy ? null : nested);
}

function cloneOf(editor, part, items) {
  const clone = copy(part);
  clone.id = makeAnchor(editor, part.id, items, clone);
  return clone;
}

// A part that was never saved takes its anchor from its title; afterwards the anchor stays.
function followTitle(editor, item, kind) {
  const part = item.entry;
  const field = item.body.querySelector(":scope > .editor-more > [data-step='id'] input");
  if (!field || document.activeElement === field || !editor.fresh.has(part)) return;
  const anchor = makeAnchor(editor, part[kind.title] || kind.one, item.parentElement, part);
  part.id = anchor;
  field.value = anchor;
}

function makeAnchor(editor, wanted, items, own) {
  const namesakes = editor.fields.listNamesakes(editor.draft, items.partsName, items.list);
  const taken = new Set(namesakes.filter((part) => part !== own).map(({ id }) => id));
  const { makeId: write, parts } = editor.fields;
  const start = write(wanted, items.partsName) || write(parts[items.partsName].one, items.partsName);
  let anchor = start;
  for (let number = 2; taken.has(anchor); number += 1) anchor = write(`${start.slice(0, 50)} ${number}`, items.partsName);
  return anchor;
}
