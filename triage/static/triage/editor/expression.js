// The field of an expression: colours behind the text, a list of what may come next, the expression
// in words, and what is wrong with it at the character.

import { makeField } from "../../conditions/editor/controls.js";
import { debounce, h, makeId } from "../../conditions/editor/dom.js";
import { findQuery, listSuggestions } from "./completion.js";
import { listTokens } from "./tokens.js";

const BUTTONS = [
  ["and", " and "],
  ["or", " or "],
  ["not", " not "],
  ["( )", "()", 1],
  ["at least 2 of", "at_least(2, )", 1],
];

/** An expression; `optional`: empty means null. */
export function makeExpression(editor, holder, spec) {
  const id = makeId(spec.name);
  const back = h("div", { class: "expression-back", "aria-hidden": "true" });
  const words = h("p", { class: "expression-words", role: "status" });
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": "What may come next", class: "expression-list", hidden: true });
  const area = h("textarea", {
    id,
    class: "expression-text",
    rows: "2",
    value: holder[spec.name] ?? "",
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": list.id,
    data: { focus: "" },
    on: { input: onInput, keydown: onKey, blur: () => close(), scroll: () => (back.scrollTop = area.scrollTop) },
  });
  const tools = h(
    "div",
    { class: "expression-tools", role: "group", "aria-label": "Words that join findings" },
    BUTTONS.map(([label, text, stepBack]) => h("button", { type: "button", class: "expression-tool", on: { click: () => insertWord(text, stepBack) } }, label)),
  );
  const field = makeField(spec, h("div", { class: "expression" }, tools, h("div", { class: "expression-box" }, back, area, list), words), { id });
  field.dataset.shows = "expression_invalid";
  const checkSoon = debounce(check, 200);
  let fault = null;
  let query = null;
  let current = -1;
  let latest = 0;

  function onInput() {
    holder[spec.name] = area.value.trim() || (spec.optional ? null : "");
    fault = null;
    paint();
    checkSoon();
    suggest();
    editor.changed();
  }

  // What the server marked is a range of characters; the browser counts some of them twice.
  function paint() {
    const characters = [...area.value];
    const start = fault ? characters.slice(0, fault.start).join("").length : -1;
    const end = fault ? start + characters.slice(fault.start, fault.start + fault.length).join("").length : -1;
    const pieces = listTokens(area.value, editor.draft).map(({ text, start: at, kind }) => {
      const isFault = at < end && at + text.length > start;
      return h("span", { class: `expression-${kind}${isFault ? " expression-fault" : ""}` }, text);
    });
    if (fault && start === end) pieces.push(h("span", { class: "expression-fault" }, " "));
    back.replaceChildren(...pieces, "\n");
  }

  async function check() {
    const number = (latest += 1);
    if (!area.value.trim()) {
      words.textContent = "";
      words.dataset.bad = "false";
      area.removeAttribute("aria-invalid");
      return;
    }
    const answer = await editor.post("expression", { text: area.value, findings: name(editor.draft.findings, "phrase"), scores: name(editor.draft.scores, "title") });
    if (number !== latest || answer.status !== 200) return;
    fault = answer.body.error ?? null;
    words.dataset.bad = String(fault !== null);
    words.textContent = fault ? sayFault(fault) : `In words: ${answer.body.words}`;
    if (fault) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
    paint();
  }

  function suggest({ always = false } = {}) {
    query = findQuery(area.value, area.selectionStart, editor.draft);
    const found = query.query || always ? listSuggestions(query.query, editor.draft) : [];
    const isDone = found.some(({ text }) => text === query.query);
    if (!found.length || (isDone && !always)) return close();
    list.replaceChildren(...found.map(makeOption));
    list.hidden = false;
    mark(0);
  }

  function makeOption({ text, says }) {
    return h(
      "li",
      { id: makeId("option"), role: "option", "aria-selected": "false", data: { text }, on: { mousedown: (event) => event.preventDefault(), click: () => accept(text) } },
      h("code", {}, text.trim()),
      h("span", {}, says),
    );
  }

  function mark(position) {
    current = position;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === position)));
    area.setAttribute("aria-activedescendant", list.children[position].id);
    list.children[position].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  }

  function accept(text) {
    const joins = /[ (]$/.test(text) ? text : `${text} `;
    area.setSelectionRange(query.start, area.selectionStart);
    close();
    insert(joins);
    close();
  }

  function onKey(event) {
    if (event.key === " " && event.ctrlKey) suggest({ always: true });
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") mark((current + 1) % list.children.length);
    else if (event.key === "ArrowUp") mark((current - 1 + list.children.length) % list.children.length);
    else if (event.key === "Enter" || event.key === "Tab") accept(list.children[current].dataset.text);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function insertWord(text, stepBack = 0) {
    area.focus();
    const before = area.value.slice(0, area.selectionStart);
    insert(/(^|[\s(])$/.test(before) ? text.trimStart() : text);
    if (stepBack) area.setSelectionRange(area.selectionStart - stepBack, area.selectionStart - stepBack);
    close();
  }

  // The browser's own insertion, so that undo takes it back.
  function insert(text) {
    area.focus();
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  paint();
  check();
  return field;
}

const name = (parts, member) => Object.fromEntries(parts.map((part) => [part.id, part[member] ?? ""]));

function sayFault({ message, hint }) {
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  return hint ? `${sentence} ${hint.charAt(0).toUpperCase()}${hint.slice(1)}` : sentence;
}
