// Saving, and what can come of it: saved, refused, overtaken by somebody else, logged out.

import { copy, h, isSame, sayTime } from "./dom.js";
import { openMerge } from "./merging.js";

/** The bar at the foot of the page. */
export function makeBar(editor) {
  const state = h("span", { class: "desk-badge" });
  const status = h("span", { class: "editor-status", role: "status" });
  const reading = h("span", { class: "desk-hint editor-page-reading" });
  const unkept = h("span", { class: "editor-status", data: { bad: "true" }, hidden: true }, "This browser cannot keep a copy of what is not saved: save often.");
  const comment = h("input", { type: "text", id: "editor-comment", maxlength: "1000", placeholder: "What did you change? (optional)", "aria-label": "What did you change? (optional)", autocomplete: "off" });
  const save = h("button", { type: "button", class: "desk-button", data: { kind: "main" }, title: "Ctrl+S", on: { click: () => editor.save() } }, "Save");
  const { page, submit } = editor.form.urls;
  const preview = page ? h("a", { class: "desk-button", href: page, target: "_blank", rel: "noopener" }, "Preview the page") : null;
  const next = submit ? h("a", { class: "desk-button", href: submit }, "Submit for review") : null;
  const box = h("div", { class: "editor-bar", role: "region", "aria-label": "Saving" }, h("div", { class: "editor-bar-words" }, state, status, unkept, reading), h("div", { class: "editor-bar-actions" }, comment, save, preview, next));
  return { box, state, status, unkept, reading, comment, save, next };
}

/** Shows where the draft stands and whether something is unsaved. */
export function showBar(editor) {
  const { bar, standing } = editor;
  const dirty = editor.isDirty();
  bar.state.textContent = dirty ? "Not saved" : standing.label;
  bar.state.dataset.state = dirty ? "changes_requested" : standing.state;
  editor.root.dataset.dirty = String(dirty);
  bar.comment.hidden = !dirty;
  bar.save.disabled = editor.isSaving || editor.undecided;
  if (bar.next) bar.next.hidden = dirty || !["draft", "changes_requested"].includes(standing.state);
}

/** Saves what is on the screen now. What is typed meanwhile stays and counts as not saved. */
export async function save(editor) {
  if (editor.isSaving || editor.undecided) return;
  editor.isSaving = true;
  document.activeElement?.dispatchEvent(new Event("blur")); // a word typed into a list counts
  const sent = copy(editor.draft);
  const comment = editor.bar.comment.value;
  editor.say("Saving…");
  showBar(editor);
  const answer = await editor.post("save", { base: editor.base, draft: sent, comment });
  editor.isSaving = false;
  if (answer.status === 200) takeOver(editor, sent, comment, answer.body);
  else if (answer.status === 409 && answer.body.merged) resolve(editor, sent, answer.body);
  else if (answer.status === 422) refuse(editor, answer.body.errors);
  else fail(editor, answer.body);
  showBar(editor);
}

function takeOver(editor, sent, comment, { draft, standing, problems, changed }) {
  const typedOn = !isSame(editor.draft, sent);
  editor.base = draft;
  editor.standing = standing;
  editor.fresh = new WeakSet();
  if (!typedOn && !isSame(editor.draft, draft)) editor.replace(draft);
  if (editor.bar.comment.value === comment) editor.bar.comment.value = "";
  editor.keeping.keep();
  editor.found = { ...editor.found, errors: [], problems };
  editor.showFound();
  editor.say(changed ? `Saved at ${sayTime(new Date())}.` : "Nothing had changed: saved already.");
  if (typedOn) editor.changed();
}

function resolve(editor, sent, collision) {
  editor.say(collision.message);
  openMerge(editor, collision, (merged) => {
    // What was typed while the answer was on its way is in no merge: it must be asked about again.
    if (!isSame(editor.draft, sent)) return editor.save();
    editor.base = collision.theirs;
    editor.replace(merged);
    return editor.save();
  });
}

function refuse(editor, errors) {
  editor.found = { ...editor.found, errors };
  editor.showFound();
  editor.overview.box.open = true;
  editor.overview.box.scrollIntoView({ block: "center" });
  editor.say("Not saved: something cannot be as it is. It is said at each field.", true);
}

function fail(editor, { message, hint, loggedOut }) {
  editor.keeping.keep();
  editor.say(`Not saved. ${message} ${hint}`, true);
  if (loggedOut) {
    const next = `${editor.form.urls.log_in}?next=${encodeURIComponent(editor.form.urls.edit)}`;
    editor.bar.status.append(" ", h("a", { href: next, target: "_blank" }, "Log in again (new tab)"));
  }
}
