// The editor of one draft. The draft is plain JSON that the form's fields write into; there is no
// other state. Everything that the page knows beside it hangs on `editor`. What fields there are,
// each kind of document says in a module of its own, such as condition.js.

import { copy, debounce, h, isSame, sayTime } from "./dom.js";
import { makeForm } from "./form.js";
import { makeKeeping } from "./keeping.js";
import { arrange, showMoves } from "./moves.js";
import { goTo, labelOf, mapPlaces, pointerOf } from "./places.js";
import { makePreviews } from "./previews.js";
import { makeOverview, showProblems, showReading } from "./problems.js";
import { makeBar, save, showBar } from "./saving.js";
import { get, postForm, postJson } from "./server.js";

const form = JSON.parse(document.getElementById("editor-form").textContent);
const root = document.getElementById("editor");
const listeners = [];
let latestCheck = 0;

const editor = {
  form,
  root,
  fields: null,
  draft: copy(form.draft),
  base: form.draft,
  standing: form.standing,
  fresh: new WeakSet(),
  found: { errors: [], problems: [], references: [] },
  isSaving: false,
  undecided: false,

  isDirty: () => !isSame(editor.draft, editor.base),
  post: (name, value) => postJson(form.urls[name], value),
  send: postForm,
  get,
  save: () => save(editor),
  places: () => mapPlaces(root),
  pointerOf,
  labelOf: (pointer) => labelOf(editor.places(), pointer),
  citationOf: (key) => editor.found.references?.find((source) => source.key === key)?.citation ?? key,
  choicesOf: (name) => editor.fields.choices?.[name]?.(editor.draft) ?? form.choices[name] ?? [],
  onChecked: (listener) => listeners.push(listener),
  changed,
  replace,
  showFound,
  announce,
  say,
  offerUndo,
};

function changed() {
  showBar(editor);
  editor.keeping.soon();
  checkSoon();
  root.dispatchEvent(new CustomEvent("editor-changed"));
}

const checkSoon = debounce(check, 700);

async function check() {
  const number = (latestCheck += 1);
  const answer = await editor.post("check", { draft: editor.draft });
  if (number !== latestCheck) return;
  root.dataset.checked = String(number);
  if (answer.status !== 200) return;
  // With errors nothing else can be told: what was found before stays in sight.
  editor.found = { ...editor.found, ...answer.body };
  showFound();
}

function showFound() {
  for (const listener of listeners) listener(editor.found);
  showProblems(editor, editor.found);
  if (editor.found.hints) showReading(editor, editor.found.hints);
}

/** Shows another draft in the same place: the same tab, the same parts open. */
function replace(draft) {
  const selected = editor.tabs?.tabs.find(({ panel }) => !panel.hidden)?.id;
  const opened = listOpen();
  editor.draft = copy(draft);
  listeners.length = 0;
  editor.tabs = makeForm(editor);
  body.replaceChildren(editor.tabs.tablist, ...editor.tabs.panels);
  const tab = editor.tabs.tabs.find(({ id }) => id === selected);
  if (tab) editor.tabs.select(tab);
  reopen(body, opened);
  showMoves(editor);
  editor.previews.apply();
  editor.previews.ask();
  changed();
}

/** What is known about the draft, shown in fields that have just been made. */
function showFoundAgain() {
  if (editor.found.errors.length + editor.found.problems.length) showProblems(editor, editor.found);
}

function reopen(within, opened) {
  for (const item of within.querySelectorAll(".editor-item")) {
    if (!opened.has(item.entry.id) || !item.body.hidden) continue;
    item.toggle.click();
    reopen(item.body, opened);
  }
}

function listOpen() {
  const open = [...root.querySelectorAll(".editor-item")].filter((item) => !item.body.hidden);
  return new Set(open.map((item) => item.entry.id).filter(Boolean));
}

function announce(words) {
  spoken.textContent = "";
  requestAnimationFrame(() => (spoken.textContent = words));
}

function say(words, isBad = false) {
  editor.bar.status.textContent = words;
  editor.bar.status.dataset.bad = String(isBad);
}

function offerUndo(words, undo) {
  const button = h("button", { type: "button", class: "desk-button", on: { click: () => { undoBox.replaceChildren(); undo(); announce("Undone."); } } }, "Undo");
  const close = h("button", { type: "button", class: "desk-button", on: { click: () => undoBox.replaceChildren() } }, "Dismiss");
  undoBox.replaceChildren(h("span", {}, words), button, close);
  announce(words);
}

// Until somebody decides, the form is locked: nothing may be written over the text that was kept.
function offerKept(kept) {
  editor.undecided = true;
  body.inert = true;
  const decide = (run) => () => {
    keptBox.replaceChildren();
    body.inert = false;
    editor.undecided = false;
    run();
    editor.keeping.decide();
  };
  const restore = h("button", { type: "button", class: "desk-button", data: { kind: "main" }, on: { click: decide(() => restoreKept(kept)) } }, "Restore it");
  const discard = h("button", { type: "button", class: "desk-button", on: { click: decide(() => offerUndo("The text that was not saved is thrown away.", () => restoreKept(kept))) } }, "Throw it away");
  keptBox.append(
    h("section", { class: "desk-card desk-notice", "aria-label": "Text that was not saved" }, h("h2", {}, "There is text that you did not save"), h("p", {}, `Written in this browser, ${new Date(kept.at).toLocaleString()}.`), h("div", { class: "desk-actions" }, restore, discard)),
  );
  restore.focus();
}

// The base comes back too: if somebody saved meanwhile, saving will notice and merge.
function restoreKept({ draft, base, comment }) {
  editor.base = base;
  editor.replace(draft);
  editor.bar.comment.value = comment ?? "";
  say("Restored. It is not saved yet.");
}

function goToHash() {
  const pointer = decodeURIComponent(location.hash.slice(1));
  if (pointer.startsWith("/")) goTo(editor, pointer);
}

const spoken = h("div", { class: "editor-spoken", "aria-live": "polite" });
const undoBox = h("div", { class: "editor-undo" });
const keptBox = h("div", {});
const body = h("div", { class: "editor-body" });

/** Opens the page with these fields: `{tabs, parts, controls, choices, listNamesakes, makeId}`. */
export function openEditor(fields) {
  editor.fields = fields;
  editor.overview = makeOverview();
  editor.bar = makeBar(editor);
  editor.keeping = makeKeeping(editor);
  editor.previews = makePreviews(editor);
  root.replaceChildren(keptBox, editor.overview.box, body, undoBox, editor.bar.box, spoken);
  const kept = editor.keeping.recall();
  if (kept && !isSame(kept.draft, editor.base)) offerKept(kept);
  replace(editor.draft);
  if (editor.standing.saved_at) {
    say(`Last saved ${new Date(editor.standing.saved_at).toLocaleDateString()} at ${sayTime(new Date(editor.standing.saved_at))} by ${editor.standing.saved_by}.`);
  }
  goToHash();
  listen();
  root.dataset.state = "ready";
}

function listen() {
  addEventListener("hashchange", goToHash);
  root.addEventListener("click", (event) => {
    // The same problem again: the address does not change, the place must still open.
    const link = event.target.closest("a[href^='#/']");
    if (link && link.getAttribute("href") === location.hash) goToHash();
  });
  root.addEventListener("editor-sorted", () => arrange(editor));
  root.addEventListener("editor-opened", () => editor.previews.ask());
  root.addEventListener("editor-made", showFoundAgain);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) editor.save();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (editor.isDirty()) event.preventDefault();
  });
}
