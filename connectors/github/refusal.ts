import { type Refusal, causes, classifyCommon } from '../../src/connector/refusal.ts';
import { NotEnabledError, NotGrantedError } from './not-granted.ts';
import { isGraphqlLimit, isSecondaryLimit } from './throttled.ts';

// The shapes of Octokit's errors, so that naming them loads no SDK.
type Answer = {
  readonly status: number;
  readonly path: string;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
};
type GraphqlError = { readonly type?: unknown; readonly message?: unknown } | null;

/** Lists that need more than a permission, told with the refusal. */
const openTo: readonly (readonly [RegExp, string])[] = [
  [/\/personal-access-tokens$/, 'only a GitHub App may read this list; no other token can'],
];

/** So many lists of repositories refused, and none answered, that the others were not asked. */
export class RefusedEverywhereError extends Error {
  override readonly name = 'RefusedEverywhereError';

  constructor(times: number, cause: unknown) {
    super(`the first ${String(times)} refused alike, and the others were not asked`, { cause });
  }
}

/** Names what GitHub, or the network before it, refused. */
export function classify(error: unknown): Refusal | undefined {
  if (error instanceof RefusedEverywhereError) {
    const refusal = classify(error.cause);
    return refusal && { ...refusal, detail: `${refusal.detail}; ${error.message}` };
  }
  for (const each of causes(error)) {
    if (each instanceof NotGrantedError) return { why: 'permission-denied', detail: each.message, requires: each.requires };
    if (each instanceof NotEnabledError) return { why: 'not-enabled', detail: each.message };
    const answer = answerOf(each);
    if (answer) return refused(answer);
    const errors = graphqlErrors(each);
    if (errors) return refusedByGraphql(errors);
  }
  return classifyCommon(error);
}

function refused({ status, path, message, headers }: Answer): Refusal {
  const detail = `GitHub answered ${String(status)}: ${short(message)}`;
  if (status === 429 || (status === 403 && isLimit(message, headers))) return { why: 'throttled', detail };
  if (status >= 500) return { why: 'unreachable', detail };
  if (status === 401) return { why: 'login-failed', detail };
  if (/\/(?:installation|access_tokens)$/.test(path))
    return { why: 'login-failed', detail: `${detail}; the App must be installed in the organization, and not suspended` };
  if (status === 403 || status === 404 || status === 451) return denied({ status, path, message, headers }, detail);
  if (status === 410) return { why: 'not-enabled', detail };
  return { why: 'malformed-response', detail };
}

function denied({ status, path, message, headers }: Answer, detail: string): Refusal {
  if (/\bupgrade\b|\bnot available (?:for|on) (?:your|this)\b/i.test(message)) return { why: 'not-licensed', detail };
  if (/\bsecret scanning is (?:disabled|not enabled)|\bAdvanced Security must be enabled\b/i.test(message))
    return { why: 'not-enabled', detail };
  const requires = acceptedPermissions(headers['x-accepted-github-permissions']);
  const more = [
    // https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource
    ...(status === 404 ? ['its answer also where a permission is missing'] : []),
    // The header holds an address that authorizes the token: not printed.
    ...(headers['x-github-sso'] === undefined ? [] : ["the token is not authorized for the organization's single sign-on"]),
    ...openTo.filter(([list]) => list.test(path)).map(([, words]) => words),
  ];
  return { why: 'permission-denied', detail: [detail, ...more].join('; '), ...(requires.length > 0 ? { requires } : {}) };
}

function refusedByGraphql(errors: readonly GraphqlError[]): Refusal {
  const first = errors[0];
  const detail = `GitHub answered: ${short(typeof first?.message === 'string' ? first.message : 'an error without words')}`;
  if (errors.some((error) => isGraphqlLimit(error?.type) || isSecondaryLimit(String(error?.message)))) return { why: 'throttled', detail };
  if (errors.some((error) => error?.type === 'FORBIDDEN' || error?.type === 'NOT_FOUND' || error?.type === 'INSUFFICIENT_SCOPES'))
    return { why: 'permission-denied', detail };
  // Without a type: the query ran into a time limit or a fault on their side.
  return { why: first?.type === undefined ? 'unreachable' : 'malformed-response', detail };
}

/**
 * `a=read,b=read; c=admin`: sets of permissions, any one set being enough; the first is named.
 * https://github.blog/changelog/2023-08-10-x-accepted-github-permissions-header-for-fine-grained-permission-actors
 */
function acceptedPermissions(header: string | number | undefined): readonly string[] {
  const [first = ''] = String(header ?? '').split(';');
  return first
    .split(',')
    .map((each) => each.trim())
    .filter((each) => /^[a-z_]+=(?:read|write|admin)$/.test(each))
    .map((each) => each.replace('=', ':'));
}

function isLimit(message: string, headers: Answer['headers']): boolean {
  return headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0' || isSecondaryLimit(message);
}

function answerOf(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('status' in error) || typeof error.status !== 'number') return undefined;
  const { response, request } = error as {
    readonly response?: { readonly headers?: Answer['headers'] };
    readonly request?: { readonly url?: unknown };
  };
  // Octokit makes a 500 of a request that got no answer; its cause tells more.
  if (!response) return undefined;
  const url = String(request?.url);
  return {
    status: error.status,
    path: URL.canParse(url) ? new URL(url).pathname : '',
    message: error.message,
    headers: response.headers ?? {},
  };
}

function graphqlErrors(error: unknown): readonly GraphqlError[] | undefined {
  if (!(error instanceof Error) || error.name !== 'GraphqlResponseError' || !('errors' in error)) return undefined;
  return Array.isArray(error.errors) ? (error.errors as readonly GraphqlError[]) : [];
}

function short(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
