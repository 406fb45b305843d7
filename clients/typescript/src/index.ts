/** A typed client of the calfcms API. The types in `schema.ts` are generated: `make client`. */

import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./schema.js";

export type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
export type Condition = Schemas["ConditionEdition"];
export type Change = Schemas["FeedItem"];
export type Problem = Schemas["Problem"];

export interface Options {
  /** Where the service is, without a path: `https://content.example`. */
  baseUrl: string;
  /** A partner's key. Everything that everybody may read works without one. */
  key?: string;
}

/** What the service answered instead of what was asked for: why, and what to do (RFC 9457). */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.name = "ProblemError";
  }
}

/** Calls with the names, parameters and JSON answers of the OpenAPI document. */
export type Calfcms = Client<paths, "application/json">;

/** A client of the service there. */
export function connect({ baseUrl, key }: Options): Calfcms {
  const accept = { Accept: "application/json" };
  const headers = key === undefined ? accept : { ...accept, Authorization: `Bearer ${key}` };
  return createClient<paths, "application/json">({ baseUrl, headers });
}

/** The answer of a call, or a thrown `ProblemError`. */
export async function read<Answer>(
  call: Promise<{ data?: Answer; error?: unknown; response: Response }>,
): Promise<Answer> {
  const { data, error } = await call;
  if (error !== undefined) throw new ProblemError(error as Problem);
  return data as Answer;
}

/** The cursor inside the `next` of a list; undefined at its end. */
export function readCursor(next: string | null): string | undefined {
  if (next === null) return undefined;
  return new URL(next, "http://relative").searchParams.get("cursor") ?? undefined;
}

/** Everything that changed for readers behind this cursor, in order; returns the cursor to keep. */
export async function* readChanges(
  client: Calfcms,
  cursor?: string,
): AsyncGenerator<Change, string | undefined> {
  for (;;) {
    const query = cursor === undefined ? { limit: 100 } : { limit: 100, cursor };
    const page = await read(client.GET("/api/v1/changes", { params: { query } }));
    yield* page.items;
    cursor = page.cursor;
    if (page.next === null) return cursor;
  }
}
