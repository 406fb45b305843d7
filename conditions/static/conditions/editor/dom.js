// Making elements, and the few things around them that every module needs.

let counter = 0;

/** An element with attributes (`on`: listeners, `data`: data attributes) and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "value") {
      element.value = value;
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** An id that no other element has. */
export function makeId(prefix) {
  counter += 1;
  return `editor-${prefix}-${counter}`;
}

/** A picture from the admin's icon font; it says nothing to a screen reader. */
export function icon(name) {
  return h("span", { class: "material-symbols-outlined editor-icon", "aria-hidden": "true" }, name);
}

/** A button with an icon, and words for whoever does not see it. */
export function iconButton(name, label, onClick, attributes = {}) {
  return h(
    "button",
    { type: "button", class: "editor-tool", title: label, "aria-label": label, on: { click: onClick }, ...attributes },
    icon(name),
  );
}

/** The function, run once nothing has asked for it for a while. `flush` runs it now if it waits. */
export function debounce(run, milliseconds) {
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      run();
    }, milliseconds);
  };
  later.flush = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    run();
  };
  return later;
}

/** A text as an anchor: lower-case letters and digits, joined by hyphens. */
export function slugify(text) {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");
}

/** A deep copy of JSON. */
export const copy = (value) => JSON.parse(JSON.stringify(value));

/** Whether two JSON values say the same, members in the same order. */
export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A moment of the day for people. */
export function sayTime(when) {
  return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(when);
}
