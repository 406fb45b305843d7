// The small controls: a line, a choice, a number, a tick, a list of words. Each writes into its holder.

import { h, iconButton, makeId } from "./dom.js";

/** A control with its label, its hint and the place where messages about it appear. */
export function makeField(spec, control, { id, group = false } = {}) {
  const hint = spec.hint ? h("span", { class: "desk-hint", id: `${id}-hint` }, spec.hint) : null;
  const messages = h("div", { class: "editor-messages", id: `${id}-messages` });
  const label = group
    ? h("span", { class: "editor-label", id: `${id}-label` }, spec.label)
    : h("label", { for: id }, spec.label);
  const field = h("div", { class: "desk-field editor-field", data: { step: spec.name, label: spec.label } }, label, hint, control, messages);
  const target = group ? control : field.querySelector(`#${id}`);
  if (group) target.setAttribute("aria-labelledby", `${id}-label`);
  describe(target, hint ? hint.id : "", messages.id);
  return field;
}

function describe(target, ...ids) {
  if (target) target.setAttribute("aria-describedby", ids.filter(Boolean).join(" "));
}

/** A text of one paragraph that may be long; line breaks become spaces unless it is `free`. */
export function makeText(editor, holder, spec) {
  const id = makeId(spec.name);
  const area = h("textarea", {
    id,
    class: "editor-text",
    rows: spec.rows ?? 2,
    value: holder[spec.name] ?? "",
    spellcheck: "true",
    dir: "auto",
    data: { focus: "" },
    on: {
      input: () => {
        holder[spec.name] = spec.free ? area.value : area.value.replace(/\s*\n\s*/g, " ");
        editor.changed();
      },
    },
  });
  return makeField(spec, area, { id });
}

/** One line of text; `optional`: empty means null. */
export function makeLine(editor, holder, spec) {
  const id = makeId(spec.name);
  const options = spec.suggestions ? makeSuggestions(editor, spec.suggestions) : null;
  const input = h("input", {
    id,
    type: "text",
    value: holder[spec.name] ?? "",
    list: options?.id,
    spellcheck: spec.plain ? "false" : "true",
    autocapitalize: spec.plain ? "none" : null,
    autocomplete: "off",
    data: { focus: "" },
    on: {
      input: () => {
        const typed = spec.plain ? input.value.trim() : input.value;
        holder[spec.name] = spec.optional && !typed ? null : typed;
        editor.changed();
      },
    },
  });
  return makeField(spec, options ? h("div", {}, input, options) : input, { id });
}

function makeSuggestions(editor, name) {
  const options = editor.choicesOf(name).map(({ value, label }) => h("option", { value }, label));
  return h("datalist", { id: makeId(name) }, options);
}

/** One of several choices. What the draft says is always among them. */
export function makeSelect(editor, holder, spec) {
  const id = makeId(spec.name);
  const choices = [...editor.choicesOf(spec.choices)];
  const now = holder[spec.name];
  if (now && !choices.some(({ value }) => value === now)) choices.push({ value: now, label: now });
  const select = h(
    "select",
    {
      id,
      data: { focus: "" },
      on: {
        change: () => {
          holder[spec.name] = select.value || null;
          editor.changed();
        },
      },
    },
    spec.optional || !now ? h("option", { value: "" }, spec.empty ?? "Choose…") : null,
    choices.map(({ value, label }) => h("option", { value }, label)),
  );
  select.value = now ?? "";
  return makeField(spec, select, { id });
}

/** A whole number, or nothing. What is no number is kept as typed, for the server to refuse. */
export function makeNumber(editor, holder, spec) {
  const id = makeId(spec.name);
  const input = h("input", {
    id,
    type: "text",
    inputmode: "numeric",
    value: holder[spec.name] ?? "",
    data: { focus: "" },
    on: {
      input: () => {
        const typed = input.value.trim();
        holder[spec.name] = /^-?\d{1,4}$/.test(typed) ? Number(typed) : typed || null;
        editor.changed();
      },
    },
  });
  return makeField(spec, input, { id });
}

/** Yes or no. */
export function makeCheck(editor, holder, spec) {
  const id = makeId(spec.name);
  const input = h("input", {
    id,
    type: "checkbox",
    checked: holder[spec.name] === true,
    data: { focus: "" },
    on: {
      change: () => {
        holder[spec.name] = input.checked;
        editor.changed();
      },
    },
  });
  const field = makeField(spec, input, { id });
  const label = field.querySelector("label");
  field.prepend(h("div", { class: "desk-check" }, input, label));
  return field;
}

/** A list of short texts: typed one by one, or chosen. What is typed and not added yet counts. */
export function makeTags(editor, holder, spec) {
  const id = makeId(spec.name);
  const chips = h("ul", { class: "editor-chips" });
  const options = spec.choices ? makeSuggestions(editor, spec.choices) : null;
  const labels = new Map((spec.choices ? editor.choicesOf(spec.choices) : []).map(({ value, label }) => [value, label]));
  const input = h("input", {
    id,
    type: "text",
    list: options?.id,
    autocomplete: "off",
    placeholder: "Type and press Enter",
    data: { focus: "" },
    on: { keydown: onKey, blur: () => add(input.value), change: () => add(input.value) },
  });

  function onKey(event) {
    if (event.key === "Enter" || (event.key === "," && spec.plain)) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value && holder[spec.name].length) {
      change(holder[spec.name].slice(0, -1));
    }
  }

  function add(typed) {
    const word = typed.trim();
    input.value = "";
    if (!word) return;
    const chosen = [...labels].find(([value, label]) => value === word || label.toLowerCase() === word.toLowerCase());
    const value = chosen ? chosen[0] : word;
    if (!holder[spec.name].includes(value)) change([...holder[spec.name], value]);
  }

  function change(values) {
    holder[spec.name] = values;
    show();
    editor.changed();
  }

  function moveEarlier(position) {
    const values = [...holder[spec.name]];
    values.splice(position - 1, 0, ...values.splice(position, 1));
    change(values);
    editor.announce(`${labels.get(values[position - 1]) ?? values[position - 1]} is now at place ${position}.`);
    chips.children[position - 1].querySelector("button").focus();
  }

  function remove(position) {
    const values = [...holder[spec.name]];
    const [gone] = values.splice(position, 1);
    change(values);
    editor.announce(`${labels.get(gone) ?? gone} removed.`);
    input.focus();
  }

  function show() {
    chips.replaceChildren(
      ...holder[spec.name].map((value, position) => {
        const name = labels.get(value) ?? value;
        const earlier = spec.ordered && position > 0;
        return h(
          "li",
          { class: "editor-chip", lang: null },
          h("span", {}, name),
          earlier ? iconButton("chevron_left", `Move ${name} one place earlier`, () => moveEarlier(position)) : null,
          iconButton("close", `Remove ${name}`, () => remove(position)),
        );
      }),
    );
  }

  show();
  return makeField(spec, h("div", { class: "editor-tags" }, chips, input, options), { id });
}
