// Sources: the keys that a red flag rests on, and the tab that lists all that the page cites.

import { h, iconButton, makeId } from "./dom.js";
import { makeField } from "./controls.js";
import { openPicker } from "./picker.js";

/** A list of keys, chosen with the picker. */
export function makeReferences(editor, holder, spec) {
  const id = makeId(spec.name);
  const chips = h("ul", { class: "editor-chips" });
  const add = h(
    "button",
    { type: "button", id, class: "desk-button", data: { focus: "" }, on: { click: pick } },
    "Add a source",
  );

  function pick() {
    openPicker(editor, {
      onChoose: (key) => {
        if (!holder[spec.name].includes(key)) change([...holder[spec.name], key]);
        add.focus();
      },
      onCancel: () => add.focus(),
    });
  }

  function change(keys) {
    holder[spec.name] = keys;
    show();
    editor.changed();
  }

  function remove(key) {
    change(holder[spec.name].filter((other) => other !== key));
    editor.announce(`${key} removed.`);
    add.focus();
  }

  function show() {
    const items = holder[spec.name].map((key) =>
      h("li", { class: "editor-chip", title: editor.citationOf(key) }, h("span", {}, key), iconButton("close", `Remove ${key}`, () => remove(key))),
    );
    chips.replaceChildren(...items);
  }

  show();
  return makeField(spec, h("div", { class: "editor-tags", role: "group" }, chips, add), { id, group: true });
}

/** Everything that the page cites, as the last check found it. */
export function makeSources(editor) {
  const box = h("div", { data: { step: "references", label: "References" } });
  const heading = h(
    "div",
    { class: "editor-list-head" },
    h("h2", {}, "What this page cites"),
    h("p", { class: "desk-hint" }, "In the order of their numbers. Sources are cited in the texts and named by red flags; here you see whether each was checked."),
  );
  const messages = h("div", { class: "editor-messages", id: makeId("sources-messages") });
  const list = h("ol", { class: "editor-sources" });
  const none = h("p", { class: "desk-muted" }, "Nothing is cited yet.");
  box.append(
    heading,
    messages,
    list,
    none,
    h(
      "div",
      { class: "desk-actions" },
      h("a", { class: "desk-button", href: `${editor.form.urls.reference}add/`, target: "_blank", rel: "noopener" }, "Add a new source"),
      h("a", { class: "desk-button", href: editor.form.urls.reference, target: "_blank", rel: "noopener" }, "All sources"),
    ),
  );
  editor.onChecked((answer) => {
    if (!answer.references) return;
    list.replaceChildren(...answer.references.map((source) => makeSource(editor, source)));
    none.hidden = answer.references.length > 0;
  });
  return box;
}

function makeSource(editor, source) {
  const link = `${editor.form.urls.reference}?q=${encodeURIComponent(source.key)}`;
  const places = source.places.map((pointer) => h("li", {}, h("a", { href: `#${pointer}` }, editor.labelOf(pointer))));
  const state = source.citation
    ? h("span", { class: "desk-badge", data: { state: source.checked_on ? "approved" : "changes_requested" } }, source.checked_on ? `Checked on ${source.checked_on}` : "Not checked yet")
    : h("span", { class: "desk-badge", data: { state: "safety" } }, "There is no such source");
  return h(
    "li",
    { class: "editor-source", tabindex: "-1", data: { pointer: source.pointer, label: source.key, focus: "" } },
    h("p", {}, source.citation || source.key),
    h("p", {}, h("code", {}, `@${source.key}`), " ", state, " ", h("a", { href: link, target: "_blank", rel: "noopener" }, "Open")),
    h("details", {}, h("summary", {}, places.length === 1 ? "Cited in 1 place" : `Cited in ${places.length} places`), h("ul", {}, places)),
    h("div", { class: "editor-messages", id: makeId("source-messages") }),
  );
}
