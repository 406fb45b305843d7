// Lists of parts: their items, what each shows, and the anchor that each gets.

import { copy, h, makeId, slugify } from "./dom.js";
import { PARTS } from "./fields.js";
import { makeControl } from "./form.js";
import { arrange, makeMoves, open } from "./moves.js";

/** A list of parts under its heading. */
export function makeParts(editor, holder, spec, depth = 1) {
  const kind = PARTS[spec.parts];
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
  const add = h("button", { type: "button", class: "desk-button editor-add", on: { click: addPart } }, `Add a ${kind.one}`);
  const box = h(
    "div",
    { class: "editor-list", role: "group", "aria-labelledby": heading, data: { step: spec.name, label: spec.label } },
    h("div", { class: "editor-list-head" }, h(depth > 1 ? "h3" : "h2", { id: heading }, spec.label), spec.hint ? h("p", { class: "desk-hint" }, spec.hint) : null),
    h("div", { class: "editor-messages", id: makeId("list-messages") }),
    items,
    add,
  );
  for (const part of holder[spec.name]) items.append(makePart(editor, part, kind, items));

  function addPart() {
    const part = copy(editor.form.blanks[spec.parts]);
    if ("id" in part) part.id = makeAnchor(editor, kind.one);
    editor.fresh.add(part);
    const item = makePart(editor, part, kind, items);
    items.append(item);
    arrange(editor, items);
    open(item, true);
    item.querySelector(".editor-item-body [data-focus]").focus();
  }

  return box;
}

function makePart(editor, part, kind, items) {
  const item = h("section", { class: "editor-item", "x-sort:item": "1" });
  const body = h("div", { class: "editor-item-body", id: makeId("part"), hidden: true });
  const title = h("span", { class: "editor-item-title" });
  const badge = kind.badge ? h("span", { class: "desk-badge" }) : null;
  const count = h("span", { class: "editor-count", hidden: true });
  const toggle = h(
    "button",
    { type: "button", class: "editor-toggle", "aria-expanded": "false", "aria-controls": body.id, on: { click: () => open(item, body.hidden) } },
    title,
    badge,
    count,
  );
  Object.assign(item, { entry: part, body, toggle, moves: makeMoves(editor, item, kind, items.partsName === "sections") });
  const more = h("details", { class: "editor-more" }, h("summary", {}, "More"));
  for (const spec of kind.fields) {
    (spec.more ? more : body).append(makeControl(editor, part, spec, 2));
  }
  const nested = body.querySelector(":scope > .editor-list");
  if (more.children.length > 1) body.insertBefore(more, nested);
  item.append(
    h("div", { class: "editor-item-head" }, h("span", { class: "editor-grip", "aria-hidden": "true", title: "Drag to move" }, "⠿"), toggle, h("div", { class: "editor-moves" }, Object.values(item.moves))),
    h("div", { class: "editor-messages", id: makeId("part-messages") }),
    body,
  );
  const sayTitle = () => {
    title.textContent = part[kind.title] || part[kind.otherTitle] || `New ${kind.one}`;
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

// A part that was never saved takes its anchor from its title; afterwards the anchor stays.
function followTitle(editor, item, kind) {
  const part = item.entry;
  const field = item.body.querySelector(":scope > .editor-more [data-step='id'] input");
  if (!field || document.activeElement === field || !editor.fresh.has(part)) return;
  const wanted = slugify(part[kind.title] ?? "");
  const anchor = makeAnchor(editor, wanted || kind.one, part);
  part.id = anchor;
  field.value = anchor;
}

function makeAnchor(editor, wanted, own = null) {
  const taken = new Set();
  const walk = (parts) => {
    for (const part of parts) {
      if (part !== own) taken.add(part.id);
      walk(part.sections ?? []);
    }
  };
  for (const name of ["sections", "causes", "red_flags", "faqs", "figures"]) walk(editor.draft[name]);
  const start = slugify(wanted).replace(/^ref-(\d+)$/, "reference-$1");
  let anchor = start;
  for (let number = 2; taken.has(anchor); number += 1) anchor = `${start}-${number}`;
  return anchor;
}
