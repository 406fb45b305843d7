// The picture of a figure: uploaded, made into its sizes by the server, shown small.

import { h, makeId } from "./dom.js";
import { makeField } from "./controls.js";

export function makePicture(editor, holder, spec) {
  const id = makeId(spec.name);
  const shown = h("div", { class: "editor-picture" });
  const status = h("p", { class: "desk-hint", role: "status" });
  const input = h("input", { id, type: "file", accept: "image/png,image/jpeg,image/webp", data: { focus: "" }, on: { change: upload } });

  async function upload() {
    const [file] = input.files;
    if (!file) return;
    status.textContent = `Uploading ${file.name}…`;
    const form = new FormData();
    form.append("file", file);
    const answer = await editor.send(editor.form.urls.upload, form);
    input.value = "";
    if (answer.status !== 201) {
      const problems = answer.body.problems ?? [answer.body];
      status.textContent = problems.map(({ message, hint }) => `${message} ${hint ?? ""}`).join(" ");
      return;
    }
    const replaced = holder[spec.name];
    holder[spec.name] = answer.body.sources;
    status.textContent = `${file.name} is there. It is part of the draft once you save.`;
    show();
    editor.changed();
    if (replaced.length) {
      editor.offerUndo("The picture was replaced.", () => {
        holder[spec.name] = replaced;
        show();
        editor.changed();
      });
    }
  }

  function show() {
    const sources = holder[spec.name];
    const smallest = [...sources].sort((one, other) => one.width - other.width)[0];
    shown.replaceChildren(
      ...(smallest
        ? [
            h("img", { src: locate(smallest.url), alt: holder.alt || "", loading: "lazy" }),
            h("p", { class: "desk-hint" }, sources.map(({ width, type }) => `${width} px ${type.replace("image/", "")}`).join(" · ")),
          ]
        : [h("p", { class: "desk-muted" }, "No picture yet. PNG, JPEG or WebP.")]),
    );
  }

  show();
  return makeField(spec, h("div", {}, shown, input, status), { id });
}

// Our own pictures come from this very server, whatever address readers will get them from.
function locate(url) {
  const { pathname } = new URL(url, location.href);
  return pathname.startsWith("/media/") ? pathname : url;
}
