// The words of an expression, as the server reads them, for colours and completion.

const TOKEN = /[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+|<=|>=|==|!=|[<>(),]|\s+|[^]/gu;
const KEYWORDS = new Set(["and", "or", "not", "at_least", "sex", "female", "male"]);
const AGES = new Set(["age_years", "age_months"]);

/** The pieces of the text, `{text, start, kind}`; together they are the whole of it. */
export function listTokens(text, draft) {
  const findings = new Set(draft.findings.map(({ id }) => id));
  const scores = new Set(draft.scores.map(({ id }) => id));
  return [...text.matchAll(TOKEN)].map(({ 0: piece, index }) => ({ text: piece, start: index, kind: kindOf(piece, findings, scores) }));
}

function kindOf(piece, findings, scores) {
  if (/^\s/.test(piece)) return "space";
  if (KEYWORDS.has(piece)) return "keyword";
  if (AGES.has(piece) || scores.has(piece)) return "score";
  if (findings.has(piece)) return "finding";
  if (/^-?[0-9]+$/.test(piece)) return "number";
  return /^[A-Za-z_]/.test(piece) ? "unknown" : "sign";
}

/** The ids of the findings that an expression rests on, its scores' items included. */
export function listFindings(text, draft) {
  const found = new Set();
  for (const token of listTokens(text ?? "", draft)) {
    if (token.kind === "finding") found.add(token.text);
    const score = draft.scores.find(({ id }) => id === token.text);
    for (const item of score?.items ?? []) {
      for (const inner of listTokens(item.when ?? "", draft)) if (inner.kind === "finding") found.add(inner.text);
    }
  }
  return [...found];
}
