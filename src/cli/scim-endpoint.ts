import type { ConnectContext } from '../connector/contract.ts';
import { UnreachableError } from '../connector/refusal.ts';
import type { WireResponse } from '../connector/wire.ts';
import { OperatorError } from '../model/operator-error.ts';
import { enterpriseUser, nextStart } from '../sources/people/scim.ts';
import type { SourceText } from '../sources/source-text.ts';

export type Endpoint = { readonly endpoint: string; readonly tokenFrom: string };

const pageSize = 100;
const mostPages = 10_000;
const longestAnswer = 60_000;
/** No more of anybody than is read: https://datatracker.ietf.org/doc/html/rfc7644#section-3.9 */
const attributes = [
  'id',
  'externalId',
  'userName',
  'displayName',
  'active',
  'emails',
  `${enterpriseUser}:employeeNumber`,
  `${enterpriseUser}:manager`,
];

/**
 * All pages of a SCIM endpoint. Throws OperatorError `login-missing`, `source-refused` or `source-unreachable`: with a part of the people,
 * everybody else would seem to have left.
 */
export async function fetchUsers({ endpoint, tokenFrom }: Endpoint, context: ConnectContext): Promise<readonly SourceText[]> {
  const wire = context.wire({ concurrency: 1, attempts: 4 });
  const headers = { accept: 'application/scim+json', authorization: `Bearer ${tokenOf(tokenFrom, endpoint, context)}` };
  const pages: SourceText[] = [];
  let next: number | undefined = 1;
  while (next !== undefined) {
    if (pages.length === mostPages)
      throw refused(endpoint, `there is no end after ${String(mostPages)} pages`, 'narrow the endpoint with a filter');
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(longestAnswer)]);
    const response = await answered(endpoint, () => wire({ method: 'GET', url: pageUrl(endpoint, next ?? 1), headers, signal }));
    const page: SourceText = { file: endpoint, text: bodyOf(response, endpoint, tokenFrom), retrievedAt: context.now(), firstEntry: next };
    pages.push(page);
    next = nextStart(page, next);
  }
  return pages;
}

function tokenOf(variable: string, endpoint: string, { env, replaying }: ConnectContext): string {
  if (replaying) return 'replayed';
  const token = env[variable]?.trim() ?? '';
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new OperatorError('login-missing', {
    message: `${endpoint} needs a bearer token, and ${variable} ${token === '' ? 'is not set' : 'holds no token'}`,
    hint: `put the token into the environment variable ${variable}`,
  });
}

function pageUrl(endpoint: string, startIndex: number): string {
  const url = new URL(endpoint);
  url.searchParams.set('startIndex', String(startIndex));
  url.searchParams.set('count', String(pageSize));
  url.searchParams.set('attributes', attributes.join(','));
  return url.href;
}

async function answered(endpoint: string, ask: () => Promise<WireResponse>): Promise<WireResponse> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UnreachableError) throw unreachable(endpoint, error.message);
    if (error instanceof Error && error.name === 'TimeoutError') throw unreachable(endpoint, 'no answer in time');
    throw error;
  }
}

function bodyOf({ status, headers, body }: WireResponse, endpoint: string, variable: string): string {
  if (status === 200) return body;
  if (status === 401) throw refused(endpoint, 'the token is not accepted (401)', `renew the token in ${variable}`);
  if (status === 403) throw refused(endpoint, 'the token may not list users (403)', 'give it the right to read users');
  if (status >= 300 && status < 400)
    throw refused(
      endpoint,
      `it sends elsewhere (${String(status)}), and the token goes nowhere else`,
      `name the right address: ${headers['location'] ?? 'it names none'}`,
    );
  throw refused(endpoint, `it answered ${String(status)}`, 'the address is that of /Users, such as https://idp.example/scim/v2/Users');
}

function refused(endpoint: string, why: string, hint: string): OperatorError {
  return new OperatorError('source-refused', { message: `the people cannot be read from ${endpoint}: ${why}`, hint });
}

function unreachable(endpoint: string, why: string): OperatorError {
  return new OperatorError('source-unreachable', {
    message: `the people cannot be read from ${endpoint}: ${why}`,
    hint: 'without them everybody would seem to have left; give a saved roster with --roster',
  });
}
