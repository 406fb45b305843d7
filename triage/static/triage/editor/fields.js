// What the form of a protocol has: tabs, their fields, and the fields of each kind of part.

const line = (name, label, hint = "") => ({ name, label, hint, control: "line" });
const text = (name, label, hint = "") => ({ name, label, hint, control: "text" });
const list = (name, label, hint = "", more = {}) => ({ name, label, hint, control: "parts", parts: name, ...more });
const select = (name, label, choices = name, more = {}) => ({ name, label, control: "select", choices, ...more });
const tags = (name, label, more = {}) => ({ name, label, control: "tags", ...more });
const expression = (name, label, more = {}) => ({ name, label, control: "expression", ...more });
const references = { name: "references", label: "Sources", control: "references" };
const number = (name, label, hint = "") => ({ name, label, hint, control: "number" });
const check = (name, label, hint = "") => ({ name, label, hint, control: "check" });
const urgency = select("urgency", "How soon to be seen");
const id = (hint) => ({ name: "id", label: "Id", hint, control: "line", plain: true, more: true });
const day = (name, label, more = {}) => ({ name, label, hint: "Year-month-day, such as 2026-11-20.", control: "line", plain: true, ...more });

export const PARTS = {
  dispositions: { one: "disposition", title: "headline", badge: "urgency", fields: [urgency, line("headline", "Headline"), text("advice", "Advice")] },
  regions: {
    one: "region",
    title: "name",
    fields: [
      { ...line("code", "Code", "Two capital letters, such as GB; generic is for everywhere else."), plain: true },
      line("name", "Name"),
      list("calls", "Whom to call"),
    ],
  },
  calls: { one: "call", title: "call", badge: "urgency", fields: [urgency, line("call", "Number or service")] },
  conflicts: {
    one: "conflict",
    title: "read_as",
    fields: [
      tags("findings", "Two findings that cannot both be there", { choices: "findings", plain: true }),
      select("read_as", "The safer one to believe", "findings"),
    ],
  },
  findings: {
    one: "finding",
    title: "phrase",
    line: "id",
    lazy: true,
    clones: true,
    fields: [
      line("phrase", "In a few words", "As it stands within a sentence: calf is swollen."),
      text("question", "Question", "As it is put to whoever answers for themselves."),
      text("help", "Help", "How to tell, where the question alone is not enough."),
      text("why", "Why it is asked"),
      { ...line("group", "Group", "Questions of one group stand together."), suggestions: "groups" },
      select("kind", "Kind"),
      check("red_flag", "A red flag", "Its presence must never lower the urgency."),
      check("needs_helper", "Somebody else must be there to find out"),
      { name: "applies", label: "Only asked of some people", control: "optional", fields: [select("sex", "Sex", "one_sex", { optional: true, empty: "Everybody" }), number("min_age_years", "From age (years)"), number("max_age_years", "Up to age (years)")] },
      list("wordings", "Asked of somebody who answers for another"),
      tags("synonyms", "Other words for it", { more: true }),
      { ...list("codes", "Codes"), more: true },
      id("Expressions name the finding by it. Keep it once the protocol is published."),
    ],
  },
  wordings: { one: "wording", title: "question", fields: [select("speaker", "Asked of"), text("question", "Question"), text("help", "Help")] },
  codes: {
    one: "code",
    title: "code",
    fields: [{ ...line("system", "System"), plain: true }, { ...line("code", "Code"), plain: true }, line("display", "Meaning"), select("relation", "How close it is")],
  },
  rules: {
    one: "rule",
    title: "title",
    badge: "urgency",
    line: "when",
    lazy: true,
    clones: true,
    fields: [
      line("title", "Title", "What the rule is about, in a few words."),
      urgency,
      expression("when", "When", { hint: "Type what somebody has, such as swollen, and choose the finding. Join findings with and, or, not." }),
      text("reason", "Reason", "What readers are told: why it cannot wait, in plain words."),
      references,
      tags("suspects", "May be a sign of"),
      tags("red_flags", "Red flags of pages that it answers for", { choices: "parts_red_flags", plain: true }),
      { name: "trial", control: "trial" },
      { name: "exercised", control: "exercised" },
      { ...day("effective_from", "In force since"), more: true },
      { ...day("review_due", "To be reviewed by"), optional: true, more: true },
      { name: "disagreement", label: "Guidelines disagree", control: "optional", more: true, fields: [list("views", "What each says"), text("choice", "What this protocol chose, and why")] },
      id("The answer names the rule by it. Keep it once the protocol is published."),
    ],
  },
  views: { one: "view", title: "says", badge: "urgency", fields: [text("says", "What it says"), { ...urgency, optional: true, empty: "Names no level" }, references] },
  scores: {
    one: "score",
    title: "title",
    line: "id",
    lazy: true,
    clones: true,
    fields: [
      line("title", "Title"),
      text("note", "Note", "What must be said with the score wherever it is shown."),
      list("items", "Items"),
      list("cut_offs", "Cut-offs"),
      list("performance", "Published performance"),
      references,
      id("Expressions name the score by it."),
    ],
  },
  items: {
    one: "item",
    article: "an",
    title: "label",
    line: "when",
    lazy: true,
    fields: [line("label", "Label"), expression("when", "When", { optional: true, hint: "Leave it empty where nobody can be asked for it here." }), number("points", "Points"), id("No other item of the score has it.")],
  },
  cut_offs: { one: "cut-off", title: "label", fields: [number("points", "From points"), line("label", "Called")] },
  performance: { one: "statement", title: "says", fields: [text("says", "What the publication says"), { name: "reference", label: "Source", control: "reference" }] },
  causes: {
    one: "cause",
    title: "name",
    line: "required",
    lazy: true,
    clones: true,
    fields: [
      line("name", "Name"),
      expression("required", "Only possible when", { optional: true }),
      tags("supporting", "Findings that speak for it", { choices: "findings", plain: true }),
      tags("opposing", "Findings that speak against it", { choices: "findings", plain: true }),
      { ...line("condition", "Page about it", "Its address, where there is one."), plain: true, optional: true, suggestions: "conditions" },
      { ...line("described_at", "Described as a cause at", "page/cause"), plain: true, optional: true, suggestions: "parts_causes" },
      id("Lower-case letters, digits and hyphens."),
    ],
  },
  case_sets: {
    one: "case set",
    title: "title",
    line: "id",
    lazy: true,
    fields: [
      line("title", "Title"),
      line("source", "Where the cases come from"),
      check("must_pass", "Must pass: publishing is refused where one of them waits too long"),
      list("cases", "Cases", "", { filter: true }),
      id("No other set has it."),
    ],
  },
  cases: {
    one: "case",
    title: "story",
    badge: "expected",
    line: "id",
    lazy: true,
    clones: true,
    fields: [
      text("story", "Story", "The person, in a sentence or two."),
      number("age_years", "Age in years"),
      number("age_months", "Age in months", "Instead of years, for the youngest."),
      select("sex", "Sex"),
      { name: "findings", label: "What they answered", control: "answers" },
      select("expected", "How soon a clinician would see them", "urgency"),
      { name: "acceptable", label: "Levels that would do", hint: "With the expected one.", control: "levels" },
      { name: "answered", control: "answered" },
      text("because", "Because"),
      tags("suspects", "What a clinician would think of"),
      line("source", "Where the case comes from"),
      id("No other case of the protocol has it."),
    ],
  },
};

export const TABS = [
  {
    id: "about",
    title: "About",
    fields: [
      line("title", "Title"),
      { ...text("summary", "In short", "For whom it is and what it does. Markdown."), rows: 5, free: true },
      { name: "translation_of", label: "Translation of", hint: "The edition that this protocol translates. Only words may differ from it.", control: "source" },
      tags("conditions", "Pages that it answers for", { choices: "conditions", ordered: true, plain: true }),
      select("publisher", "Publisher"),
      { ...text("disclaimer", "Disclaimer", "Markdown."), free: true },
      list("dispositions", "What people are told", "One for each urgency."),
      list("regions", "Regions", "Numbers and services."),
      tags("gates", "Gates of self-care", { hint: "Nobody is told to look after themselves unless each of these is answered no.", choices: "findings", plain: true }),
      list("conflicts", "Contradictions"),
      select("repeat_contact", "Finding that says they asked before", "findings", { optional: true, empty: "None" }),
      select("risk_class", "Risk class", "risk_class", { optional: true, empty: "Not set" }),
      number("review_interval_months", "Review interval in months", "Only where it is to be shorter than the risk class says."),
      tags("specialties", "Specialties", { hint: "The clinical reviewer must have one of them: general-practice, vascular-medicine.", plain: true }),
    ],
  },
  { id: "findings", title: "Findings", fields: [list("findings", "Findings", "What can be present, absent or not known.", { filter: true })] },
  { id: "rules", title: "Rules", fields: [list("rules", "Rules", "The most urgent true rule decides. No rule cancels another.", { filter: true })] },
  { id: "scores", title: "Scores", fields: [list("scores", "Scores")] },
  { id: "causes", title: "Causes", fields: [list("causes", "Possible causes", "They never move the urgency.", { filter: true })] },
  { id: "cases", title: "Cases", fields: [list("case_sets", "Case sets", "People, and how soon each should be seen. They are signed with the protocol.")] },
  { id: "references", title: "Sources", fields: [{ name: "references", control: "sources" }] },
];
