// A copy of what is typed and not saved, in this browser: against a crash, a closed tab, a lost session.

import { debounce } from "./dom.js";

/** Keeps the unsaved draft of this person and document. */
export function makeKeeping(editor) {
  const name = `calfcms-draft:${editor.form.person}:${editor.form.document}`;
  // Only what this page wrote itself, or was decided about here, may be written over or removed.
  let isOurs = false;

  function keep() {
    if (editor.undecided) return;
    if (!editor.isDirty()) return forget();
    const kept = { base: editor.base, draft: editor.draft, comment: editor.bar.comment.value, at: Date.now() };
    try {
      localStorage.setItem(name, JSON.stringify(kept));
      isOurs = true;
      editor.bar.unkept.hidden = true;
    } catch {
      editor.bar.unkept.hidden = false;
    }
  }

  function forget() {
    if (!isOurs) return;
    editor.bar.unkept.hidden = true;
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was kept then.
    }
  }

  function recall() {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function decide() {
    editor.undecided = false;
    isOurs = true;
    keep();
  }

  const soon = debounce(keep, 400);
  addEventListener("pagehide", keep);
  return { soon, keep, decide, recall };
}
