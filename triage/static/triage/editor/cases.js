// Cases and rules: what a case is answered, which cases a rule is true for, which levels would do.

import { makeField } from "../../conditions/editor/controls.js";
import { h, makeId } from "../../conditions/editor/dom.js";

/** The levels that would do, one tick each; the expected one always does. */
export function makeLevels(editor, holder, spec) {
  const id = makeId(spec.name);
  const boxes = editor.form.choices.urgency.map(({ value, label }) => {
    const own = `${id}-${value}`;
    const input = h("input", { type: "checkbox", id: own, value, checked: holder[spec.name].includes(value), data: { focus: "" }, on: { change } });
    return { input, element: h("div", { class: "desk-check" }, input, h("label", { for: own }, label)) };
  });
  const group = h("div", { id, role: "group", class: "levels" }, boxes.map(({ element }) => element));

  function change() {
    holder[spec.name] = boxes.filter(({ input }) => input.checked).map(({ input }) => input.value);
    editor.changed();
  }

  // Somebody who says what is expected says that it would do.
  function follow() {
    const box = boxes.find(({ input }) => input.value === holder.expected)?.input;
    if (!box || box.checked) return;
    box.checked = true;
    change();
  }

  editor.root.addEventListener("editor-changed", function watch() {
    if (group.isConnected) follow();
    else editor.root.removeEventListener("editor-changed", watch);
  });
  return makeField(spec, group, { id, group: true });
}

/** What the case gets now, and by which rules. */
export function makeAnswered(editor, holder) {
  const box = h("p", { class: "answered", role: "status" });
  const show = () => {
    const answer = editor.found.cases?.[holder.id];
    box.replaceChildren(...(answer ? sayAnswer(editor, answer) : ["What it is answered shows here once the draft has no errors."]));
  };
  editor.onChecked(show);
  show();
  return box;
}

function sayAnswer(editor, { urgency, rules }) {
  const links = rules.flatMap((id, n) => {
    const position = editor.draft.rules.findIndex((rule) => rule.id === id);
    const link = h("a", { href: `#/rules/${position}` }, editor.draft.rules[position]?.title ?? id);
    return n ? ["; ", link] : [link];
  });
  return ["Answered now: ", h("strong", {}, sayUrgency(urgency)), ...(links.length ? [", because of ", ...links] : [", no rule is true"]), "."];
}

/** The cases that a rule is true for. A rule without any is tested by nobody. */
export function makeExercised(editor, rule) {
  const summary = h("summary", {});
  const list = h("ul", {});
  const box = h("details", { class: "exercised" }, summary, list);
  const show = () => {
    const cases = Object.entries(editor.found.cases ?? {}).filter(([, { rules }]) => rules.includes(rule.id));
    summary.textContent = cases.length ? `True in ${cases.length === 1 ? "1 case" : `${cases.length} cases`}` : "No case exercises this rule yet";
    box.dataset.none = String(cases.length === 0);
    list.replaceChildren(...cases.map(([id, answer]) => h("li", {}, h("a", { href: `#${answer.pointer}` }, storyAt(editor.draft, answer.pointer) ?? id), ` (${sayUrgency(answer.urgency)})`)));
  };
  editor.onChecked(show);
  show();
  return box;
}

const storyAt = (draft, pointer) => pointer.split("/").slice(1).reduce((value, step) => value?.[step], draft)?.story;

/** A level in a word. */
export const sayUrgency = (urgency) => urgency.replace("_", "-");
