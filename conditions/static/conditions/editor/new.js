// Beginning a page: the address follows the title until somebody types one.

import { slugify } from "./dom.js";

const title = document.getElementById("new-title");
const name = document.getElementById("new-name");
const slug = document.getElementById("new-slug");
let isOwn = slug.value !== "";

slug.addEventListener("input", () => (isOwn = slug.value !== ""));
for (const input of [title, name]) {
  input?.addEventListener("input", () => {
    if (!isOwn) slug.value = slugify(name?.value || title.value.split(":")[0]);
  });
}
