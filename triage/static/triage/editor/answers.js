// What somebody answers: a row for each finding with yes, no or not known, and a way to add more.

import { makeField } from "../../conditions/editor/controls.js";
import { h, iconButton, makeId } from "../../conditions/editor/dom.js";
import { phraseOf, searchFindings } from "./findings.js";

const VALUES = [
  ["present", "Yes"],
  ["absent", "No"],
  ["unknown", "Not known"],
];

/** Rows that write into `answers` (id to answer). `listShown()` are findings shown without one too. */
export function makeAnswers(editor, answers, { listShown = () => [], onChange }) {
  const rows = h("div", { class: "answers-rows" });
  const added = new Set();
  const id = makeId("finding");
  const options = h("datalist", { id: `${id}-list` });
  const input = h("input", { id, type: "text", list: options.id, autocomplete: "off", placeholder: "Such as swollen", on: { focus: fill, change: add, keydown: onKey } });
  const box = h("div", { class: "answers" }, rows, h("div", { class: "answers-add" }, h("label", { for: id }, "Another finding"), input, options));

  function fill() {
    options.replaceChildren(...editor.draft.findings.map(({ id: value, phrase }) => h("option", { value: phrase }, value)));
  }

  function onKey(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  }

  function add() {
    const typed = input.value.trim().toLowerCase();
    if (!typed) return;
    const exact = editor.draft.findings.find(({ id: name, phrase }) => [name, phrase.toLowerCase()].includes(typed));
    const [finding] = exact ? [exact] : searchFindings(editor.draft, typed);
    if (!finding) return;
    input.value = "";
    added.add(finding.id);
    if (!(finding.id in answers)) answers[finding.id] = "present";
    changed();
  }

  function changed() {
    show();
    onChange();
  }

  function remove(name) {
    delete answers[name];
    added.delete(name);
    changed();
    input.focus();
  }

  function makeRow(name) {
    const group = makeId("answer");
    const choices = VALUES.map(([value, label]) => {
      const own = `${group}-${value}`;
      const radio = h("input", { type: "radio", id: own, name: group, value, checked: answers[name] === value, on: { change: () => { answers[name] = value; onChange(); } } });
      return [radio, h("label", { for: own }, label)];
    });
    const phrase = phraseOf(editor.draft, name);
    return h(
      "div",
      { class: "answers-row", role: "radiogroup", "aria-label": phrase, data: { finding: name } },
      h("span", { class: "answers-phrase" }, phrase),
      h("span", { class: "answers-values" }, choices.flat(), iconButton("close", `Not asked: ${phrase}`, () => remove(name))),
    );
  }

  /** Shows the rows again; those that stay keep their elements, and with them the focus. */
  function show() {
    const names = [...new Set([...listShown(), ...Object.keys(answers), ...added])];
    const known = new Map([...rows.children].map((row) => [row.dataset.finding, row]));
    const wanted = names.map((name) => {
      const row = known.get(name) ?? makeRow(name);
      for (const radio of row.querySelectorAll("input")) radio.checked = answers[name] === radio.value;
      return row;
    });
    if (wanted.length === rows.children.length && wanted.every((row, n) => row === rows.children[n])) return;
    rows.replaceChildren(...wanted);
  }

  show();
  return { box, show };
}

/** The answers of a case. */
export function makeAnswersField(editor, holder, spec) {
  const id = makeId(spec.name);
  const { box } = makeAnswers(editor, holder[spec.name], { onChange: () => editor.changed() });
  box.setAttribute("role", "group");
  box.id = id;
  return makeField(spec, box, { id, group: true });
}
