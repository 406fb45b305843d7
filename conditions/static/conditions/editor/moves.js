// Moving parts: the buttons, what they do, and the order that comes of it.
// The order on the screen is the truth: after each move the draft's lists are read off it.

import { iconButton } from "./dom.js";

/** The buttons that move a part or remove it. */
export function makeMoves(editor, item, kind, { nests, clone }) {
  const title = () => item.entry[kind.title] || `new ${kind.one}`;
  const say = (name, words) => iconButton(name, `${words} ${kind.one}`, null);
  const moves = {
    up: say("arrow_upward", "Move up this"),
    down: say("arrow_downward", "Move down this"),
    ...(nests
      ? {
          inwards: say("format_indent_increase", "Move into the section above this"),
          outwards: say("format_indent_decrease", "Move out of the section around this"),
        }
      : {}),
    ...(clone ? { clone: say("content_copy", "Copy this") } : {}),
    remove: say("delete", "Remove this"),
  };
  const act = {
    up: () => item.previousElementSibling.before(item),
    down: () => item.nextElementSibling.after(item),
    inwards: () => {
      const above = item.previousElementSibling;
      listWithin(above).append(item);
      open(above, true);
    },
    outwards: () => parentItem(item).after(item),
  };
  for (const [name, run] of Object.entries(act)) {
    moves[name]?.addEventListener("click", () => {
      run();
      arrange(editor);
      focusMove(moves, name);
      const found = listItems(item.parentElement);
      editor.announce(`${title()}: now ${found.indexOf(item) + 1} of ${found.length}.`);
    });
  }
  moves.clone?.addEventListener("click", clone);
  moves.remove.addEventListener("click", () => remove(editor, item, title()));
  return moves;
}

// A button that just reached its end cannot keep the focus; its opposite takes it.
function focusMove(moves, name) {
  const opposite = { up: "down", down: "up", inwards: "outwards", outwards: "inwards" }[name];
  (moves[name].disabled ? moves[opposite] : moves[name]).focus();
}

function remove(editor, item, title) {
  const items = item.parentElement;
  const next = item.nextElementSibling;
  const neighbour = listItems(items).find((other) => other !== item);
  item.remove();
  arrange(editor, items);
  (neighbour ? neighbour.toggle : items.parentElement.querySelector(":scope > .editor-add")).focus();
  editor.offerUndo(`Removed “${title}”.`, () => {
    items.insertBefore(item, next?.parentElement === items ? next : null);
    arrange(editor, items);
    item.toggle.focus();
  });
}

/** Makes the draft's lists say what stands on the screen, below this element or everywhere. */
export function arrange(editor, ...lists) {
  const changed = lists.length ? lists : [...editor.root.querySelectorAll(".editor-items")];
  for (const items of changed) {
    items.list.splice(0, items.list.length, ...listItems(items).map((item) => item.entry));
  }
  showMoves(editor);
  editor.changed();
}

/** Which of the buttons that move a part can do something now. */
export function showMoves(editor) {
  for (const items of editor.root.querySelectorAll(".editor-items")) {
    const found = listItems(items);
    found.forEach((item, position) => {
      const can = (name, possible) => item.moves[name] && (item.moves[name].disabled = !possible);
      can("up", position > 0);
      can("down", position < found.length - 1);
      can("inwards", position > 0 && depthOf(item) + heightOf(item) <= editor.form.max_depth);
      can("outwards", depthOf(item) > 1);
    });
  }
}

/** Opens or closes a part, whose fields may only be made now. */
export function open(item, isOpen) {
  const make = isOpen ? item.make : null;
  if (make) {
    item.make = null;
    make();
  }
  item.body.hidden = !isOpen;
  item.toggle.setAttribute("aria-expanded", String(isOpen));
  item.dispatchEvent(new CustomEvent("editor-opened", { bubbles: true }));
  if (make) item.dispatchEvent(new CustomEvent("editor-made", { bubbles: true }));
}

export const listItems = (items) => [...items.children].filter((child) => child.matches(".editor-item"));
const parentItem = (item) => item.parentElement.closest(".editor-item");
const depthOf = (item) => (parentItem(item) ? depthOf(parentItem(item)) + 1 : 1);
const listWithin = (item) => item.body.querySelector(".editor-items");
const heightOf = (item) => {
  const within = listWithin(item);
  return 1 + Math.max(0, ...(within ? listItems(within).map(heightOf) : []));
};
