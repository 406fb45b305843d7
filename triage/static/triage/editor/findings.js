// Finding findings: by id, by phrase, by what else people call it.

/** The finding's words, or its id where it is not there any more. */
export const phraseOf = (draft, id) => draft.findings.find((finding) => finding.id === id)?.phrase || id;

/** Those that have all these words, the closest first. */
export function searchFindings(draft, query) {
  const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return draft.findings
    .map((finding) => ({ finding, rank: rank(finding, query.toLowerCase(), words) }))
    .filter(({ rank }) => rank < 4)
    .sort((one, other) => one.rank - other.rank)
    .map(({ finding }) => finding);
}

function rank({ id, phrase, synonyms }, query, words) {
  if (id.startsWith(query)) return 0;
  if (phrase.toLowerCase().startsWith(query)) return 1;
  const has = (text) => words.every((word) => text.toLowerCase().includes(word));
  if (has(`${id.replaceAll("_", " ")} ${phrase}`)) return 2;
  return has(`${phrase} ${synonyms.join(" ")}`) ? 3 : 4;
}
