// Something that is there or not, as a whole: a tick, and its fields below it.

import { copy, h, makeId } from "../../conditions/editor/dom.js";
import { makeControl } from "../../conditions/editor/form.js";

/** A value of several fields that may be null. Ticked off and on again, it comes back. */
export function makeOptional(editor, holder, spec) {
  const id = makeId(spec.name);
  let kept = holder[spec.name] ?? copy(editor.form.blanks[spec.name]);
  const fields = h("div", { class: "editor-optional" });
  const input = h("input", { id, type: "checkbox", checked: holder[spec.name] !== null, data: { focus: "" }, on: { change } });

  function change() {
    kept = holder[spec.name] ?? kept;
    holder[spec.name] = input.checked ? kept : null;
    show();
    editor.changed();
  }

  function show() {
    const value = holder[spec.name];
    fields.replaceChildren(...(value ? spec.fields.map((field) => makeControl(editor, value, field, 2)) : []));
  }

  show();
  return h(
    "div",
    { class: "editor-field", data: { step: spec.name, label: spec.label } },
    h("div", { class: "desk-field" }, h("div", { class: "desk-check" }, input, h("label", { for: id }, spec.label))),
    h("div", { class: "editor-messages", id: makeId("optional-messages") }),
    fields,
  );
}
