// What could come next in an expression: findings by their words, scores, and the language's words.

import { searchFindings } from "./findings.js";
import { listTokens } from "./tokens.js";

const MOST = 8;
const WORDS = [
  { text: "and", says: "both must hold" },
  { text: "or", says: "one is enough" },
  { text: "not", says: "must be answered no" },
  { text: "at_least(2, ", says: "so many of several" },
  { text: "age_years >= ", says: "age in years" },
  { text: "age_months < ", says: "age in months" },
  { text: "sex == female", says: "women and girls" },
  { text: "sex == male", says: "men and boys" },
];

/** `{start, query}`: the words before the caret that are no id yet and may be meant as a phrase. */
export function findQuery(text, caret, draft) {
  const tokens = listTokens(text.slice(0, caret), draft);
  let start = caret;
  const isLast = (token) => token.start + token.text.length === caret;
  for (const token of tokens.reverse()) {
    const isWord = token.kind === "unknown" || (isLast(token) && ["finding", "score", "keyword"].includes(token.kind));
    if (isWord) start = token.start;
    else if (token.kind !== "space" || isLast(token)) break;
  }
  return { start, query: text.slice(start, caret) };
}

/** What fits these words, `{text, says}`, the closest first. */
export function listSuggestions(query, draft) {
  const words = WORDS.filter(({ text }) => text.startsWith(query.toLowerCase()));
  const findings = searchFindings(draft, query).map(({ id, phrase }) => ({ text: id, says: phrase }));
  const scores = draft.scores
    .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(query.toLowerCase()))
    .map(({ id, title, cut_offs: [first] }) => ({ text: `${id} >= ${first?.points ?? 1}`, says: title }));
  const near = query.length > 1 ? words : [];
  const rest = query.length > 1 ? [] : words;
  return [...near, ...findings.slice(0, MOST - near.length), ...scores, ...rest].slice(0, MOST + rest.length);
}
