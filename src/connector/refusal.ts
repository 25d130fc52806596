import type { UnknownReason } from '../model/fact.ts';

/** The provider's refusal, or the network's: never leaves `collect`; it becomes a coverage row or an unknown fact. */
export type Refusal = {
  readonly why: UnknownReason;
  /** One sentence in the provider's words, free of secrets; empty where `why` says it all. */
  readonly detail: string;
  /** Permissions that are missing, when the provider names them; otherwise the surface's own are printed. */
  readonly requires?: readonly string[];
};

/** No answer at all: name resolution, connection, TLS. Thrown by the wire, under every SDK. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** An answer, but one that lacks what it must have. Throw it from `normalize` or `list`; any other error there is our bug. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** What every connector's `classify` falls back to. SDKs wrap errors, so the chain of causes is searched. Undefined: our bug. */
export function classifyCommon(error: unknown): Refusal | undefined {
  for (const each of causes(error)) {
    if (each instanceof MalformedError) return { why: 'malformed-response', detail: each.message };
    if (each instanceof UnreachableError) return { why: 'unreachable', detail: each.message };
  }
  return undefined;
}

/** The error and its causes, outermost first. */
export function* causes(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  let each = error;
  while (each !== undefined && each !== null && !seen.has(each)) {
    seen.add(each);
    yield each;
    each = each instanceof Error ? each.cause : undefined;
  }
}
