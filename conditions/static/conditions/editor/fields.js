// What the form has: tabs, their fields, and the fields of each kind of part. Order is on-screen order.

const text = (name, label, hint = "") => ({ name, label, hint, control: "line" });
const markdown = (name, label, hint = "") => ({ name, label, hint, control: "markdown" });
const anchor = {
  name: "id",
  label: "Anchor",
  hint: "Links to this part end with it. Keep it once the page is published.",
  control: "line",
  plain: true,
  more: true,
};

export const PARTS = {
  sections: {
    one: "section",
    title: "headline",
    fields: [
      text("headline", "Heading"),
      { name: "aspect", label: "What it is about", control: "select", choices: "aspect" },
      markdown("body", "Text"),
      {
        name: "partner",
        label: "For one partner only",
        hint: "The partner's short name. Readers elsewhere do not get this section. Leave it empty for everybody.",
        control: "line",
        plain: true,
        optional: true,
        more: true,
      },
      anchor,
      { name: "sections", label: "Sections within", control: "parts", parts: "sections" },
    ],
  },
  causes: {
    one: "cause",
    title: "name",
    badge: "urgency",
    fields: [
      text("name", "Name"),
      { name: "urgency", label: "How soon to be seen", control: "select", choices: "urgency" },
      {
        name: "condition",
        label: "Page about it",
        hint: "The address of another page, where there is one.",
        control: "line",
        plain: true,
        optional: true,
        suggestions: "conditions",
      },
      markdown("body", "Text"),
      anchor,
    ],
  },
  red_flags: {
    one: "red flag",
    title: "sign",
    badge: "urgency",
    fields: [
      text("sign", "Sign", "What the person notices, in their words."),
      { name: "urgency", label: "How soon to be seen", control: "select", choices: "urgency" },
      text("action", "What to do", "One sentence: what to do, and how soon."),
      { name: "suspects", label: "May be a sign of", control: "tags" },
      { name: "references", label: "Sources", control: "references" },
      anchor,
    ],
  },
  faqs: {
    one: "question",
    title: "question",
    fields: [text("question", "Question"), markdown("answer", "Answer"), anchor],
  },
  figures: {
    one: "figure",
    title: "caption",
    otherTitle: "alt",
    fields: [
      { name: "sources", label: "Picture", control: "picture" },
      text("alt", "Alt text", "What the picture shows, for people who do not see it. Needed before publishing."),
      text("caption", "Caption"),
      text("credit", "Credit", "Who made it, and under which licence."),
      anchor,
    ],
  },
  codes: {
    one: "code",
    title: "code",
    fields: [
      { ...text("system", "System", "Such as icd10 or snomed."), plain: true },
      { ...text("code", "Code"), plain: true },
      text("display", "Meaning"),
      { ...text("version", "Version of the system"), optional: true },
      { ...text("source", "Where it was looked up"), optional: true },
      { name: "verified", label: "Somebody looked it up in the system itself", control: "check" },
    ],
  },
  contributors: {
    one: "contributor",
    title: "name",
    fields: [
      { name: "role", label: "Role", control: "select", choices: "role" },
      text("name", "Name"),
      text("credentials", "Credentials"),
    ],
  },
};

const list = (name, label, hint = "") => ({ name, label, hint, control: "parts", parts: name });

export const TABS = [
  {
    id: "summary",
    title: "Summary",
    fields: [
      text("title", "Title", "The heading of the page."),
      text("name", "Name of the condition", "As it is called within sentences."),
      { name: "alternate_names", label: "Other names", hint: "What else people call it.", control: "tags" },
      {
        name: "translation_of",
        label: "Translation of",
        hint: "The edition that this page translates. Its red flags must all be here, under the same anchors and no less urgent.",
        control: "source",
      },
      markdown("summary", "In short", "What matters most, in a few sentences."),
      { name: "audience", label: "Written for", control: "select", choices: "audience" },
      { name: "topics", label: "Topics", hint: "The first is the one that breadcrumbs show.", control: "tags", choices: "topics", ordered: true },
      list("codes", "Codes", "The condition in medical terminologies."),
      markdown("disclaimer", "Disclaimer", "Readers get it as plain text."),
    ],
  },
  { id: "sections", title: "Sections", fields: [list("sections", "Sections")] },
  { id: "causes", title: "Causes", fields: [list("causes", "Possible causes")] },
  {
    id: "red_flags",
    title: "Red flags",
    fields: [list("red_flags", "Red flags", "Signs that must not wait. Any change here needs a clinician's signature.")],
  },
  { id: "faqs", title: "FAQs", fields: [list("faqs", "Questions people ask")] },
  { id: "references", title: "References", fields: [{ name: "references", control: "sources" }] },
  { id: "figures", title: "Figures", fields: [list("figures", "Figures")] },
  {
    id: "people",
    title: "People",
    fields: [
      { name: "publisher", label: "Publisher", hint: "Who answers for the page.", control: "select", choices: "publisher" },
      list("contributors", "Contributors", "Who made the text. Reviewers are not listed here: they sign editions."),
    ],
  },
  {
    id: "settings",
    title: "Settings",
    fields: [
      {
        name: "risk_class",
        label: "Risk class",
        hint: "How much harm the page would do if it were out of date.",
        control: "select",
        choices: "risk_class",
        optional: true,
        empty: "Not set",
      },
      {
        name: "review_interval_months",
        label: "Review interval in months",
        hint: "Only where it is to be shorter than the risk class says.",
        control: "number",
      },
      { name: "specialties", label: "Specialties", hint: "The clinical reviewer must have one of them: general-practice, vascular-medicine.", control: "tags", plain: true },
      { name: "related", label: "Related pages", hint: "Their addresses.", control: "tags", choices: "conditions", ordered: true, open: true },
      text("license", "Licence"),
      text("attribution", "Attribution", "The words that whoever shows the page must add."),
    ],
  },
];
