// “Try it” beside a rule: say what somebody answers, and see the answer, how the rule came to its
// truth, and what would change it. It asks the server about the draft as it is on the screen.

import { debounce, h, makeId } from "../../conditions/editor/dom.js";
import { listItems, open } from "../../conditions/editor/moves.js";
import { makeAnswers } from "./answers.js";
import { sayUrgency } from "./cases.js";
import { phraseOf } from "./findings.js";
import { listFindings } from "./tokens.js";

const TRUTHS = {
  true: ["✓", "true"],
  false: ["✗", "not true"],
  unknown: ["?", "not known yet"],
};
const BADGES = { emergency: "safety", urgent: "changes_requested" };

/** The panel of one rule. */
export function makeTrial(editor, rule) {
  const person = { age_years: null, sex: "unknown" };
  const findings = {};
  const title = makeId("trial");
  const result = h("div", { class: "trial-result", "aria-live": "polite" });
  const answers = makeAnswers(editor, findings, { listShown: () => listFindings(rule.when, editor.draft), onChange: () => ask() });
  const keep = makeKeep(editor, rule, () => ({ findings: { ...findings }, age_years: person.age_years, sex: person.sex }));
  const box = h(
    "section",
    { class: "trial", "aria-labelledby": title },
    h("h3", { id: title }, "Try it"),
    h("p", { class: "desk-hint" }, "Say what somebody answers and see what they would be told. Nothing of it is kept."),
    result,
    makePerson(editor, person, () => ask()),
    answers.box,
    keep,
  );
  const ask = debounce(run, 150);
  let latest = 0;
  let shown = "";

  async function run() {
    if (!box.offsetParent) return;
    const number = (latest += 1);
    if (!rule.when) return result.replaceChildren(h("p", { class: "desk-muted" }, "Write when the rule is true, then try it."));
    const answer = await editor.post("try", { draft: fillGaps(editor.draft, rule), rule: rule.id, findings, ...person });
    if (number !== latest) return;
    box.dataset.tried = String(number);
    if (answer.status === 200 && !answer.body.errors) showAnswer(answer.body);
    else showRefusal(answer.body);
  }

  // What says the same stays: somebody may be about to click on it.
  function showAnswer(body) {
    const text = JSON.stringify(body);
    if (text === shown) return;
    shown = text;
    result.replaceChildren(
      h("p", { class: "trial-answer" }, badge(body.urgency), h("strong", {}, body.headline)),
      ...[sayMore(editor, body), body.rule ? showRule(body) : null].filter(Boolean).flat(),
    );
  }

  function showRule({ rule: trial, urgency, urgency_flips: flips }) {
    const [sign, words] = TRUTHS[trial.truth];
    return [
      h("p", { class: "trial-truth", data: { truth: trial.truth } }, `${sign} This rule is ${words}.`),
      h("ul", { class: "trace" }, showStep(trial.trace)),
      h("h4", {}, trial.truth === "true" ? "It stops being true with" : "It becomes true with"),
      trial.flips.length ? h("ul", { class: "flips" }, trial.flips.map((flip) => showFlip(flip, urgency))) : h("p", { class: "desk-muted" }, "No change of up to three answers does it."),
      flips.length ? h("h4", {}, "One answer that changes the urgency") : null,
      flips.length ? h("ul", { class: "flips" }, flips.map((flip) => showFlip(flip, urgency))) : null,
    ];
  }

  function showFlip({ answers: changes, urgency }, now) {
    const words = Object.entries(changes).map(([id, value]) => `${phraseOf(editor.draft, id)}: ${value === "present" ? "yes" : "no"}`).join(", ");
    const button = h("button", { type: "button", class: "flip", on: { click: () => apply(changes) } }, words);
    return h("li", {}, button, " → ", badge(urgency), urgency === now ? h("span", { class: "desk-muted" }, "as now") : null);
  }

  function apply(changes) {
    Object.assign(findings, changes);
    answers.show();
    run();
    box.querySelector("input").focus();
  }

  function showRefusal({ errors, message }) {
    shown = "";
    const first = errors?.[0];
    const link = first?.pointer ? h("a", { href: `#${first.pointer}` }, editor.labelOf(first.pointer)) : null;
    result.replaceChildren(h("p", { class: "desk-muted" }, "It cannot be tried yet. ", link, link ? ": " : "", first?.message ?? message ?? ""));
  }

  editor.root.addEventListener("editor-changed", function watch() {
    if (!box.isConnected) return editor.root.removeEventListener("editor-changed", watch);
    answers.show();
    ask();
  });
  ask();
  return box;
}

// A rule whose texts are still to be written can be tried already. The cases are not needed.
function fillGaps(draft, rule) {
  const whole = { ...rule, title: rule.title || "New rule", reason: rule.reason || "Not written yet.", urgency: rule.urgency || "routine" };
  return { ...draft, case_sets: [], rules: draft.rules.map((other) => (other === rule ? whole : other)) };
}

function makePerson(editor, person, onChange) {
  const age = makeId("age");
  const sex = makeId("sex");
  const input = h("input", { id: age, type: "text", inputmode: "numeric", autocomplete: "off", on: { input: () => { const typed = input.value.trim(); person.age_years = /^\d{1,3}$/.test(typed) ? Number(typed) : null; onChange(); } } });
  const select = h("select", { id: sex, on: { change: () => { person.sex = select.value; onChange(); } } }, editor.choicesOf("sex").map(({ value, label }) => h("option", { value }, label)));
  return h("div", { class: "trial-person" }, h("label", { for: age }, "Age in years"), input, h("label", { for: sex }, "Sex"), select);
}

function sayMore(editor, { matched, contradictions, worst_case: worst, urgency, withheld_because: gates }) {
  const phrase = (id) => phraseOf(editor.draft, id);
  return [
    matched.length ? h("p", {}, "True rules: ", matched.map(({ title }) => title).join("; "), ".") : h("p", {}, "No rule is true."),
    worst === urgency ? null : h("p", { class: "desk-muted" }, `With what is not known yet it could be as much as ${sayUrgency(worst)}.`),
    gates.length ? h("details", {}, h("summary", {}, "Self-care is withheld"), h("p", {}, `Until each of these is answered no: ${gates.map(phrase).join("; ")}.`)) : null,
    ...contradictions.map((ids) => h("p", { class: "editor-problem" }, `These contradict each other and are read the safer way: ${ids.map(phrase).join("; ")}.`)),
  ];
}

function showStep({ words, truth, interval, points, steps }) {
  const [sign, said] = TRUTHS[truth];
  const range = interval ? (interval[0] === interval[1] ? ` (it is ${interval[0]})` : ` (between ${interval[0]} and ${interval[1]})`) : "";
  const counts = points === null ? "" : ` (${points > 0 ? "+" : ""}${points})`;
  return h(
    "li",
    { data: { truth } },
    h("span", { class: "trace-sign", "aria-hidden": "true" }, sign),
    h("span", {}, words, counts, range),
    h("span", { class: "editor-spoken" }, `: ${said}`),
    steps.length ? h("ul", {}, steps.map(showStep)) : null,
  );
}

const badge = (urgency) => h("span", { class: "desk-badge", data: { state: BADGES[urgency] ?? "" } }, sayUrgency(urgency));

// What was tried, as a case: its story is still to be written.
function makeKeep(editor, rule, read) {
  const id = makeId("set");
  const select = h("select", { id });
  const fill = () => {
    const chosen = select.value;
    select.replaceChildren(...editor.draft.case_sets.map((set, n) => h("option", { value: String(n) }, set.title || set.id)));
    if (chosen) select.value = chosen;
  };
  const button = h("button", { type: "button", class: "desk-button", on: { click: () => addCase(editor, Number(select.value), { ...read(), expected: rule.urgency, acceptable: rule.urgency ? [rule.urgency] : [] }) } }, "Keep as a case");
  const box = h("div", { class: "trial-keep" }, h("label", { for: id }, "Case set"), select, button);
  const show = () => {
    fill();
    box.hidden = editor.draft.case_sets.length === 0;
  };
  select.addEventListener("focus", show);
  show();
  return box;
}

function addCase(editor, position, values) {
  const tab = editor.tabs.tabs.find(({ id }) => id === "cases");
  editor.tabs.select(tab);
  const set = listItems(tab.panel.querySelector(".editor-items"))[position];
  open(set, true);
  set.body.querySelector(".editor-items").addPart(null, values);
  document.activeElement.scrollIntoView({ block: "center" });
}
