// One source, chosen like several.

import { makeReferences } from "../../conditions/editor/references.js";

/** The key of one source; another choice takes its place. */
export function makeReference(editor, holder, spec) {
  const chosen = {
    get [spec.name]() {
      return holder[spec.name] ? [holder[spec.name]] : [];
    },
    set [spec.name](keys) {
      holder[spec.name] = keys.at(-1) ?? "";
    },
  };
  return makeReferences(editor, chosen, spec);
}
