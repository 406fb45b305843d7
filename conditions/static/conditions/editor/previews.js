// What readers will see, beside each text that is in sight. The server renders it, all in one question.

import { debounce } from "./dom.js";

const REMEMBERED = "calfcms-editor-preview";

/** Keeps the previews that are in sight true to the draft. */
export function makePreviews(editor) {
  let isOn = recall();
  let latest = 0;
  const ask = debounce(refresh, 350);

  async function refresh() {
    if (!isOn) return;
    const shown = [...editor.root.querySelectorAll(".editor-preview")].filter((preview) => preview.offsetParent);
    if (!shown.length) return;
    const number = (latest += 1);
    const pointers = shown.map((preview) => editor.pointerOf(preview));
    const answer = await editor.post("preview", { draft: editor.draft, pointers });
    if (number !== latest || answer.status !== 200) return;
    shown.forEach((preview, n) => show(preview, answer.body.html[pointers[n]]));
  }

  function toggle() {
    isOn = !isOn;
    try {
      localStorage.setItem(REMEMBERED, isOn ? "on" : "off");
    } catch {
      // It is remembered until the page is left.
    }
    apply();
    ask();
  }

  function apply() {
    editor.root.dataset.preview = isOn ? "on" : "off";
    for (const button of editor.root.querySelectorAll("[data-preview-toggle]")) {
      button.setAttribute("aria-pressed", String(isOn));
    }
  }

  return { ask, toggle, apply };
}

// The HTML is sanitised by the server: the same that readers get.
function show(preview, html) {
  if (html === undefined || preview.dataset.shown === html) return;
  preview.dataset.shown = html;
  preview.innerHTML = html;
}

function recall() {
  try {
    const remembered = localStorage.getItem(REMEMBERED);
    if (remembered) return remembered === "on";
  } catch {
    // Then the width decides.
  }
  return window.innerWidth >= 1100;
}
