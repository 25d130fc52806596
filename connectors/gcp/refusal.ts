import { type Refusal, causes, classifyCommon } from '../../src/connector/refusal.ts';
import type { Json } from './answer.ts';

/** The login itself did not work: expired, revoked, or a credential that cannot be used. The cause says which. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
}

/** gaxios errors by their shape, so that reading this file loads no SDK. */
type Refused = { readonly status: number; readonly body: unknown };

export function classify(error: unknown): Refusal | undefined {
  const common = classifyCommon(error);
  if (common) return common;
  for (const each of causes(error)) {
    const refused = refusedIn(each);
    if (refused) return refusalOf(refused);
  }
  for (const each of causes(error)) {
    if (each instanceof LoginError) return { why: 'login-failed', detail: sentence(messageOf(each.cause)) };
  }
  return undefined;
}

function refusalOf({ status, body }: Refused): Refusal {
  if (status === 429)
    return {
      why: 'throttled',
      detail: sentence(apiMessage(body) ?? 'Google asks for fewer requests (HTTP 429)'),
    };
  if (status >= 500)
    return {
      why: 'unreachable',
      detail: sentence(apiMessage(body) ?? `Google answered with HTTP ${String(status)}`),
    };
  const login = oauthMessage(body);
  if (login !== undefined) return { why: 'login-failed', detail: sentence(login) };
  const detail = sentence(apiMessage(body) ?? `Google answered with HTTP ${String(status)}`);
  if (status === 401) return { why: 'login-failed', detail };
  if (status === 403) return forbidden(body, detail);
  return { why: 'unreachable', detail };
}

// https://cloud.google.com/apis/design/errors#error_info and the older `errors[].reason`, which some APIs still send instead.
const disabled = new Set(['SERVICE_DISABLED', 'BILLING_DISABLED', 'accessNotConfigured']);
const limited = new Set(['RATE_LIMIT_EXCEEDED', 'RESOURCE_QUOTA_EXCEEDED', 'rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']);

function forbidden(body: unknown, detail: string): Refusal {
  const error = field(body, 'error');
  const infos = elements(field(error, 'details')).filter((each) => textOf(field(each, '@type')).endsWith('google.rpc.ErrorInfo'));
  const reasons = [...infos, ...elements(field(error, 'errors'))].map((each) => textOf(field(each, 'reason')));
  if (reasons.some((reason) => disabled.has(reason))) return { why: 'not-enabled', detail };
  if (reasons.some((reason) => limited.has(reason)) || field(error, 'status') === 'RESOURCE_EXHAUSTED') return { why: 'throttled', detail };
  // The token lacks the OAuth scope, as on a machine with narrow default scopes: no IAM permission would help.
  if (reasons.includes('ACCESS_TOKEN_SCOPE_INSUFFICIENT')) return { why: 'login-failed', detail };
  if (reasons.includes('USER_PROJECT_DENIED'))
    return {
      why: 'permission-denied',
      detail,
      requires: ['serviceusage.services.use'],
    };
  const permission =
    infos.map((info) => textOf(field(field(info, 'metadata'), 'permission'))).find((name) => name !== '') ?? permissionIn(detail);
  return {
    why: 'permission-denied',
    detail,
    ...(permission === undefined ? {} : { requires: [permission] }),
  };
}

function permissionIn(message: string): string | undefined {
  return /permission '?([a-z]\w*(?:\.\w+){2,})'?/i.exec(message)?.[1];
}

/** `{ "error": { "message": … } }` of every Google API. */
function apiMessage(body: unknown): string | undefined {
  return textOf(field(field(body, 'error'), 'message')) || undefined;
}

/** `{ "error": "invalid_grant", "error_description": … }` of the token endpoints. */
function oauthMessage(body: unknown): string | undefined {
  const code = textOf(field(body, 'error'));
  const description = textOf(field(body, 'error_description'));
  if (code === '') return undefined;
  return description === '' ? code : `${code}: ${description}`;
}

function refusedIn(error: unknown): Refused | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const status = field(error.response, 'status');
  return typeof status === 'number' ? { status, body: field(error.response, 'data') } : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the login failed';
}

/** What a provider says goes on one line of a report. */
function sentence(message: string): string {
  const line = message.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

// An error answer may have any shape, and reading it must not fail in its turn.
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
