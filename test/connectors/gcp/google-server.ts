import { type KeyObject, verify } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Wire, liveWire } from '../../../src/connector/wire.ts';

/** What the server takes for a login. */
export type Accepted = {
  /** Public halves of service account keys, by the account's address. */
  readonly accounts?: Readonly<Record<string, KeyObject>>;
  /** Refresh tokens of people. */
  readonly refreshTokens?: readonly string[];
  /** Tokens of another issuer, by the audience they may be traded for. */
  readonly subjectTokens?: Readonly<Record<string, string>>;
};
export type GoogleServer = {
  /** Leads every address to the server, under its host's name. */
  readonly wire: Wire;
  /** Grants and impersonations that were answered, in order. */
  readonly granted: readonly string[];
  /** Bearer tokens that calls of APIs came with. */
  readonly bearers: readonly string[];
  close(): Promise<void>;
};

/** Google's token endpoints and one API over real HTTP on this machine: what they do not accept is refused. */
export async function openGoogleServer(accepted: Accepted): Promise<GoogleServer> {
  const granted: string[] = [];
  const bearers: string[] = [];
  const valid = new Set<string>();
  const issue = (what: string): string => {
    granted.push(what);
    const token = `token-${String(granted.length)}`;
    valid.add(token);
    return token;
  };

  function answer(path: string, form: URLSearchParams, bearer: string): [status: number, body: object] {
    if (path === '/oauth2.googleapis.com/token' || path === '/sts.googleapis.com/v1/token') {
      const grant = grantOf(form, accepted);
      if (grant === undefined) return [400, { error: 'invalid_grant', error_description: 'Bad Request' }];
      return [200, { access_token: issue(grant), expires_in: 3600, token_type: 'Bearer' }];
    }
    if (!valid.has(bearer)) return [401, { error: { code: 401, message: 'Request had invalid credentials.', status: 'UNAUTHENTICATED' } }];
    const impersonated = /^\/iamcredentials\.googleapis\.com\/v1\/projects\/-\/serviceAccounts\/(.+):generateAccessToken$/.exec(path);
    if (impersonated) return [200, { accessToken: issue(`impersonate ${impersonated[1] ?? ''}`), expireTime: '2099-01-01T00:00:00Z' }];
    bearers.push(bearer);
    return [200, path.endsWith('/serviceAccounts') ? { accounts: [] } : {}];
  }

  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      send(response, ...answer(decodeURIComponent(pathname), new URLSearchParams(text), bearer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const network = liveWire(fetch);
  return {
    granted,
    bearers,
    wire: (request) => {
      const { host, pathname, search } = new URL(request.url);
      return network({ ...request, url: `http://127.0.0.1:${String(port)}/${host}${pathname}${search}` });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** https://datatracker.ietf.org/doc/html/rfc7523, rfc6749 section 6, rfc8693 */
function grantOf(form: URLSearchParams, { accounts = {}, refreshTokens = [], subjectTokens = {} }: Accepted): string | undefined {
  const type = form.get('grant_type');
  if (type === 'refresh_token') return refreshTokens.includes(form.get('refresh_token') ?? '') ? 'refresh' : undefined;
  if (type === 'urn:ietf:params:oauth:grant-type:token-exchange')
    return subjectTokens[form.get('audience') ?? ''] === form.get('subject_token') ? 'exchange' : undefined;
  if (type !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return undefined;
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const { iss, scope } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string; scope?: string };
  const key = accounts[iss];
  const isSigned = key !== undefined && verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
  return isSigned ? `assertion of ${iss} for ${scope ?? 'nothing'}` : undefined;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks = (await request.toArray()) as Buffer[];
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
}
