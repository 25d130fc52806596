import type { WireResponse } from '../../src/connector/wire.ts';

/**
 * Limits that carry neither a 429 nor a Retry-After: the secondary limit, known by its words, and GraphQL's, which comes as a 200.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function isThrottled({ status, body }: Pick<WireResponse, 'status' | 'body'>): boolean {
  if (status === 403) return isSecondaryLimit(body);
  return status === 200 && body.includes('RATE_LIMIT') && limitedByGraphql(body);
}

export function isSecondaryLimit(words: string): boolean {
  return /\bsecondary rate\b/i.test(words);
}

export function isGraphqlLimit(type: unknown): boolean {
  return type === 'RATE_LIMITED' || type === 'RATE_LIMIT';
}

function limitedByGraphql(body: string): boolean {
  try {
    const { errors } = JSON.parse(body) as { readonly errors?: unknown };
    return Array.isArray(errors) && errors.some((error: { readonly type?: unknown } | null) => isGraphqlLimit(error?.type));
  } catch (error) {
    // A cut-off body is the SDK's to report.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
