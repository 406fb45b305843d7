// The editor of a page about a condition.

import { slugify } from "./dom.js";
import { PARTS, TABS } from "./fields.js";
import { openEditor } from "./main.js";
import { makeMarkdown } from "./markdown.js";
import { makePicture } from "./picture.js";

// All parts of a page share their anchors.
function listNamesakes(draft) {
  const walk = (parts) => parts.flatMap((part) => [part, ...walk(part.sections ?? [])]);
  return ["sections", "causes", "red_flags", "faqs", "figures"].flatMap((name) => walk(draft[name]));
}

openEditor({
  tabs: TABS,
  parts: PARTS,
  controls: { markdown: makeMarkdown, picture: makePicture },
  listNamesakes,
  makeId: (text) => slugify(text).replace(/^ref-(\d+)$/, "reference-$1"),
});
