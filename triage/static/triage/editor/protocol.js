// The editor of a triage protocol: the editor of pages, with the fields and controls of protocols.

import { slugify } from "../../conditions/editor/dom.js";
import { openEditor } from "../../conditions/editor/main.js";
import { makeAnswersField } from "./answers.js";
import { makeAnswered, makeExercised, makeLevels } from "./cases.js";
import { makeExpression } from "./expression.js";
import { PARTS, TABS } from "./fields.js";
import { makeOptional } from "./optional.js";
import { makeReference } from "./reference.js";
import { makeTrial } from "./trial.js";

const say = (value, label) => ({ value, label });

// Findings and scores share their ids, because expressions name both; so do the cases of all sets.
function listNamesakes(draft, name, list) {
  if (name === "findings" || name === "scores") return [...draft.findings, ...draft.scores];
  return name === "cases" ? draft.case_sets.flatMap(({ cases }) => cases) : list;
}

function makeId(text, name) {
  const slug = slugify(text);
  return name === "causes" ? slug : slug.replaceAll("-", "_").replace(/^(?=\d)/, "n_");
}

openEditor({
  tabs: TABS,
  parts: PARTS,
  controls: {
    expression: makeExpression,
    answers: makeAnswersField,
    levels: makeLevels,
    answered: makeAnswered,
    exercised: makeExercised,
    trial: makeTrial,
    optional: makeOptional,
    reference: makeReference,
  },
  choices: {
    findings: (draft) => draft.findings.map(({ id, phrase }) => say(id, phrase)),
    kind: () => [say("symptom", "Symptom"), say("sign", "Sign"), say("context", "Context"), say("risk", "Risk")],
    speaker: () => [say("carer", "Somebody who answers for an adult"), say("child", "Somebody who answers for a child")],
    one_sex: () => [say("female", "Women and girls only"), say("male", "Men and boys only")],
    sex: () => [say("unknown", "Not known"), say("female", "Female"), say("male", "Male"), say("other", "Other")],
    relation: () => [say("exact", "Exactly this"), say("close", "Close"), say("parent", "Wider"), say("related", "Related")],
    groups: (draft) => [...new Set(draft.findings.map(({ group }) => group))].map((group) => say(group, group)),
  },
  listNamesakes,
  makeId,
});
