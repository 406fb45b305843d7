// Somebody else saved first: what they did, and a choice wherever both changed the same thing.

import { copy, h, makeId } from "./dom.js";

/** Shows what happened. `onMerged(draft)` gets both changes together; closing changes nothing. */
export function openMerge(editor, collision, onMerged) {
  const choices = collision.conflicts.map(() => null);
  const take = h("button", { type: "button", class: "desk-button", data: { kind: "main" }, on: { click: finish } }, "Put together and save");
  const left = h("p", { class: "desk-hint", role: "status" });
  const title = makeId("merge-title");
  const dialog = h(
    "dialog",
    { class: "desk editor-dialog editor-merge", "aria-labelledby": title, on: { close: () => dialog.remove() } },
    h("h2", { id: title }, `${collision.saved_by} saved this page while you were writing`),
    h("p", {}, `On ${collision.saved_at_words}. Nothing of yours is lost, and nothing of theirs is overwritten: `, collision.conflicts.length ? "choose where you both changed the same thing." : "your changes do not touch each other."),
    collision.conflicts.length ? h("h3", {}, "You both changed") : null,
    collision.conflicts.map((conflict, n) => makeConflict(editor, conflict, collision, (side) => choose(n, side))),
    makeChanges(collision),
    left,
    h("div", { class: "desk-actions" }, take, h("button", { type: "button", class: "desk-button", on: { click: () => dialog.close() } }, "Back to my text, save later")),
  );

  function choose(n, side) {
    choices[n] = side;
    show();
  }

  function show() {
    const open = choices.filter((choice) => choice === null).length;
    take.disabled = open > 0;
    left.textContent = open ? `${open} of ${choices.length} still to choose.` : "";
  }

  function finish() {
    const merged = applyChoices(collision.merged, collision.conflicts, choices);
    dialog.close();
    onMerged(merged);
  }

  show();
  editor.root.append(dialog);
  dialog.showModal();
  (dialog.querySelector("input") ?? take).focus();
}

function makeChanges(collision) {
  const box = h("details", { class: "editor-changes" }, h("summary", {}, `What ${collision.saved_by} changed`));
  const changes = h("div", {});
  changes.innerHTML = collision.changes; // made by our own template, which escapes
  box.append(changes);
  box.open = collision.conflicts.length === 0;
  return box;
}

function makeConflict(editor, conflict, collision, onChoose) {
  const name = makeId("choice");
  const side = (value, title, runs, gone) => {
    const id = makeId("side");
    const input = h("input", { type: "radio", name, id, value, on: { change: () => onChoose(value) } });
    return h("div", { class: "editor-side" }, h("div", { class: "desk-check" }, input, h("label", { for: id }, title)), h("div", { class: "editor-side-text", lang: collision.merged.locale }, gone ? h("em", {}, gone) : showRuns(runs)));
  };
  const isPart = conflict.clash === "part";
  return h(
    "fieldset",
    { class: "editor-conflict" },
    h("legend", {}, nameOf(editor, conflict, collision.merged)),
    h(
      "div",
      { class: "desk-columns" },
      side("mine", isPart && conflict.mine === null ? "Remove it, as I did" : "Mine", conflict.my_runs, conflict.mine === null ? (isPart ? "removed" : "nothing") : ""),
      side("theirs", isPart && conflict.theirs === null ? `Remove it, as ${collision.saved_by} did` : `From ${collision.saved_by}`, conflict.their_runs, conflict.theirs === null ? (isPart ? "removed" : "nothing") : ""),
    ),
  );
}

const showRuns = (runs) => runs.map(([op, text]) => (op === "insert" ? h("ins", {}, text) : op === "delete" ? h("del", {}, text) : text));

// The pointer in words, from what was merged: its parts may not be on the screen yet.
function nameOf(editor, { pointer, clash }, draft) {
  const words = [];
  let value = draft;
  let kind = null;
  for (const step of pointer.split("/").slice(1)) {
    value = value?.[step];
    if (/^\d+$/.test(step) && kind) words.push(value?.[kind.title] || value?.[kind.otherTitle] || `${kind.one} ${Number(step) + 1}`);
    else {
      words.push(step.charAt(0).toUpperCase() + step.slice(1).replaceAll("_", " "));
      kind = editor.fields.parts[step] ?? kind;
    }
  }
  return words.join(" › ") + (clash === "order" ? ": the order" : "");
}

/** What was merged, with a side taken at each conflict: values first, then orders, then removals. */
export function applyChoices(merged, conflicts, choices) {
  const draft = copy(merged);
  const chosen = conflicts.map((conflict, n) => ({ ...conflict, value: conflict[choices[n]] }));
  // Found before anything moves: a pointer names a place in what was merged.
  const found = chosen.map(({ pointer }) => resolve(draft, pointer));
  const removals = [];
  const orders = [];
  chosen.forEach(({ clash, value }, n) => {
    const { holder, key } = found[n];
    if (clash === "value") holder[key] = copy(value);
    else if (clash === "order") orders.push({ list: holder[key], ids: value });
    else if (value === null) removals.push({ list: holder, item: holder[key] });
  });
  for (const { list, ids } of orders) list.sort((one, other) => ids.indexOf(idOf(one)) - ids.indexOf(idOf(other)));
  for (const { list, item } of removals) list.splice(list.indexOf(item), 1);
  return draft;
}

const idOf = (item) => (typeof item === "string" ? item : item.id);

function resolve(draft, pointer) {
  const steps = pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = steps.pop();
  return { holder: steps.reduce((value, step) => value[step], draft), key };
}
