// A text in Markdown: buttons for its marks, the keys for them, and what readers will see beside it.

import { h, iconButton, makeId } from "./dom.js";
import { makeField } from "./controls.js";
import { openPicker } from "./picker.js";

const TOOLS = [
  ["format_bold", "Bold", (area) => surround(area, "**", "**", "bold text"), "b"],
  ["format_italic", "Italic", (area) => surround(area, "*", "*", "italic text"), "i"],
  ["title", "Subheading", (area) => beginLines(area, () => "## ")],
  ["format_list_bulleted", "List", (area) => beginLines(area, () => "- ")],
  ["format_list_numbered", "Numbered list", (area) => beginLines(area, (n) => `${n + 1}. `)],
  ["format_quote", "Quotation", (area) => beginLines(area, () => "> ")],
  ["link", "Link", (area) => surround(area, "[", "](https://)", "text of the link"), "k"],
];

/** A Markdown field. */
export function makeMarkdown(editor, holder, spec) {
  const id = makeId(spec.name);
  const area = h("textarea", {
    id,
    rows: "4",
    value: holder[spec.name] ?? "",
    spellcheck: "true",
    lang: editor.draft.locale,
    dir: "auto",
    data: { focus: "" },
    on: {
      input: (event) => {
        holder[spec.name] = area.value;
        editor.changed();
        editor.previews.ask();
        if (event.inputType !== "deleteContentBackward" && /\[@$/.test(before(area))) cite(editor, area);
      },
      keydown: (event) => onKey(event, editor, area),
      focus: () => editor.previews.ask(),
    },
  });
  const preview = h("div", { class: "editor-preview", lang: editor.draft.locale, dir: "auto", on: { click: openElsewhere } });
  const hint = h("p", { class: "editor-reading desk-hint", data: { reading: "" } });
  const shown = h("div", { class: "editor-shown" }, h("span", { class: "editor-shown-name" }, "As readers see it"), preview);
  const box = h(
    "div",
    { class: "editor-markdown" },
    makeToolbar(editor, spec, area),
    h("div", { class: "editor-sides" }, area, shown),
    hint,
  );
  return makeField(spec, box, { id });
}

function makeToolbar(editor, spec, area) {
  const buttons = TOOLS.map(([name, label, run, key]) =>
    iconButton(name, key ? `${label} (Ctrl+${key.toUpperCase()})` : label, () => run(area)),
  );
  buttons.push(iconButton("menu_book", "Cite a source: or type [@", () => cite(editor, area)));
  const toggle = iconButton("visibility", "Show what readers see", () => editor.previews.toggle(), { "aria-pressed": "false", data: { previewToggle: "" } });
  buttons.push(toggle);
  const bar = h("div", { class: "editor-toolbar", role: "toolbar", "aria-label": `Formatting: ${spec.label}`, "aria-controls": area.id }, buttons);
  rove(bar, buttons);
  return bar;
}

// One stop for the Tab key; the arrow keys go from button to button.
function rove(bar, buttons) {
  buttons.forEach((button, position) => (button.tabIndex = position ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons.forEach((button, position) => (button.tabIndex = position === next ? 0 : -1));
    buttons[next].focus();
  });
}

function onKey(event, editor, area) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const tool = TOOLS.find(([, , , key]) => key === event.key.toLowerCase());
  if (!tool) return;
  event.preventDefault();
  tool[2](area);
}

// The place is remembered: a text field that loses the focus while one types forgets it.
function cite(editor, area) {
  const { selectionStart, selectionEnd } = area;
  const comeBack = () => {
    area.focus();
    area.setSelectionRange(selectionStart, selectionEnd);
  };
  openPicker(editor, {
    onChoose: (key) => {
      comeBack();
      insert(area, citationAt(before(area), key));
    },
    onCancel: comeBack,
  });
}

// After `[@` only the key is missing; right after a citation, another key goes into it.
function citationAt(text, key) {
  if (/\[@$/.test(text)) return { text: `${key}]` };
  if (/\[@[a-z0-9@;\- ]+\]$/.test(text)) return { text: `; @${key}]`, back: 1 };
  return { text: `[@${key}]` };
}

const before = (area) => area.value.slice(0, area.selectionStart);

// The browser's own insertion, so that undo takes it back; where it has none, without.
function insert(area, { text, back = 0 }) {
  area.focus();
  if (back) area.setSelectionRange(area.selectionStart - back, area.selectionEnd);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function surround(area, opening, closing, placeholder) {
  const { selectionStart, selectionEnd } = area;
  const chosen = area.value.slice(selectionStart, selectionEnd) || placeholder;
  insert(area, { text: `${opening}${chosen}${closing}` });
  const start = selectionStart + opening.length;
  area.setSelectionRange(start, start + chosen.length);
}

function beginLines(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  const end = next < 0 ? area.value.length : next;
  const lines = area.value.slice(start, end).split("\n");
  area.setSelectionRange(start, end);
  insert(area, { text: lines.map((line, n) => mark(n) + line).join("\n") });
}

// Links in a preview must not lead away from what is being written.
function openElsewhere(event) {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  if (!link.getAttribute("href").startsWith("#")) window.open(link.href, "_blank", "noopener");
}
