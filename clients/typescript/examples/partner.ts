/**
 * What a partner site does: read a page, ask for triage, keep up with changes.
 *
 *     node dist/examples/partner.js https://content.example calf-pain [key]
 */

import { ProblemError, connect, read, readChanges } from "../src/index.js";

const [baseUrl = "http://127.0.0.1:8000", slug = "calf-pain", key] = process.argv.slice(2);
const client = connect(key === undefined ? { baseUrl } : { baseUrl, key });

const page = await read(
  client.GET("/api/v1/conditions/{slug}", { params: { path: { slug } } }),
);
console.log(`${page.title} (edition ${page.edition}, reviewed ${page.review.last_reviewed})`);
for (const flag of page.red_flags) console.log(`  ${flag.urgency}: ${flag.sign}`);

const answer = await read(
  client.POST("/api/v1/triage/protocols/{slug}/evaluate", {
    params: { path: { slug } },
    body: { findings: {} },
  }),
);
console.log(`Knowing nothing: ${answer.disposition.urgency}, ${answer.status}`);

const changes = readChanges(client);
let step = await changes.next();
for (; !step.done; step = await changes.next()) {
  const { type, slug: changed, edition } = step.value;
  console.log(`${type}: ${changed}, edition ${edition}`);
}
console.log(`Cursor to keep: ${step.value}`);

try {
  await read(client.GET("/api/v1/conditions/{slug}", { params: { path: { slug: "no-such-page" } } }));
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.log(`Not there: ${error.problem.code}`);
}
