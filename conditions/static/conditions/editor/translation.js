// What a page translates: an edition in another language, and whether a translator has checked it.

import { makeCheck, makeSelect } from "./controls.js";
import { h } from "./dom.js";

const write = (source) => (source ? `${source.locale}/${source.edition}` : null);

function read(value) {
  const [locale, edition] = value.split("/");
  return { locale, edition: Number(edition), reviewed: false };
}

/** The edition that the page translates. Without an edition to choose there is no such field. */
export function makeSource(editor, holder, spec) {
  const choices = editor.form.choices[spec.name];
  const proxy = { [spec.name]: write(holder[spec.name]) };
  const select = makeSelect(
    { ...editor, changed: choose },
    proxy,
    { ...spec, choices: spec.name, optional: true, empty: "Nothing: it was written first" },
  );
  const reviewed = h("div", {});
  select.append(reviewed);
  select.hidden = choices.length === 0 && holder[spec.name] === null;

  // Another edition is another translation: whoever checked the last one has not checked this.
  function choose() {
    const value = proxy[spec.name];
    holder[spec.name] = value ? read(value) : null;
    show();
    editor.changed();
  }

  function show() {
    const source = holder[spec.name];
    const field = { name: "reviewed", label: "A translator has reviewed the translation", hint: "Until then, readers are told that nobody has." };
    reviewed.replaceChildren(...(source ? [makeCheck(editor, source, field)] : []));
  }

  show();
  return select;
}
