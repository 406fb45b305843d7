// Choosing a source: type what you remember of it, walk the list with the arrow keys, press Enter.

import { debounce, h, icon, makeId } from "./dom.js";

/** Opens the list of sources; calls `onChoose(key)` or `onCancel()`. */
export function openPicker(editor, { onChoose, onCancel = () => {} }) {
  const listId = makeId("sources");
  const list = h("ul", { id: listId, role: "listbox", "aria-label": "Sources", class: "editor-found" });
  const status = h("p", { class: "desk-hint", role: "status" });
  const input = h("input", {
    id: makeId("search"),
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    autocomplete: "off",
    placeholder: "Author, words of the title, year, DOI",
    on: { input: onInput, keydown: onKey },
  });
  const dialog = h(
    "dialog",
    { class: "desk editor-dialog editor-picker", "aria-label": "Cite a source", on: { close: () => finish(null), click: closeOutside } },
    h("div", { class: "desk-field" }, h("label", { for: input.id }, "Find a source"), input),
    status,
    list,
    h(
      "div",
      { class: "desk-actions" },
      h("button", { type: "button", class: "desk-button", on: { click: () => finish(null) } }, "Cancel"),
      h("a", { href: `${editor.form.urls.reference}add/`, target: "_blank", rel: "noopener", class: "desk-button" }, "Add a new source ", icon("open_in_new")),
    ),
  );
  const searchSoon = debounce(search, 200);
  let isDone = false;
  let current = -1;
  let latest = 0;

  async function search() {
    const number = (latest += 1);
    const url = `${editor.form.urls.references}?q=${encodeURIComponent(input.value)}`;
    const answer = await editor.get(url);
    if (number !== latest) return;
    const items = answer.status === 200 ? answer.body.items : [];
    list.replaceChildren(...items.map(makeItem));
    status.textContent = answer.status === 200 ? saySize(items.length) : answer.body.message;
    mark(items.length ? 0 : -1);
  }

  function makeItem(item) {
    const checked = item.checked_on ? `checked on ${item.checked_on}` : "not checked yet";
    return h(
      "li",
      { id: makeId("source"), role: "option", "aria-selected": "false", data: { key: item.key }, on: { click: () => finish(item.key) } },
      h("span", {}, item.citation),
      h("span", { class: "desk-hint" }, `@${item.key} · ${checked}`),
    );
  }

  function mark(position) {
    current = position;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === position)));
    const item = list.children[position];
    input.setAttribute("aria-activedescendant", item ? item.id : "");
    item?.scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    const size = list.children.length;
    if (event.key === "ArrowDown" && size) mark((current + 1) % size);
    else if (event.key === "ArrowUp" && size) mark((current - 1 + size) % size);
    else if (event.key === "Enter") list.children[current]?.click();
    else return;
    event.preventDefault();
  }

  // Whoever knows the key writes on as in the text: `[@key]`.
  function onInput() {
    const known = input.value.match(/^@?([a-z0-9]+(?:-[a-z0-9]+)*)\]$/);
    if (known) finish(known[1]);
    else searchSoon();
  }

  // At once, not when the dialog says that it is closed: the next key belongs to the text already.
  function finish(key) {
    if (isDone) return;
    isDone = true;
    removeEventListener("focus", search);
    dialog.close();
    dialog.remove();
    if (key) onChoose(key);
    else onCancel();
  }

  function closeOutside(event) {
    if (event.target === dialog) finish(null);
  }

  // Whoever added a source in another tab finds it when they come back.
  addEventListener("focus", search);
  editor.root.append(dialog);
  dialog.showModal();
  input.focus();
  search();
}

function saySize(size) {
  return size ? `${size} found` : "Nothing found. Other words may help, or add the source.";
}
