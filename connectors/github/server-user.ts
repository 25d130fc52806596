// https://docs.github.com/enterprise-server@latest/rest/users/users#list-users
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountId } from './account-id.ts';
import { type Unsure, text } from './field.ts';
import { machineUserGuess } from './machine-user.ts';
import { oncePerSession } from './once-per-session.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import type { ServerSession } from './session.ts';

const route = 'GET /users';

export const serverUserKind = defineKind({
  id: 'github.server_user',
  title: 'User of a GitHub Enterprise Server',
  record: 'identity',
  proves: 'Signs in to the server, and reaches what its organizations and repositories gave to the account.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['suspended, or gone from the users of the server'], tokensLive: null },
    takesWith: ['github.classic_pat', 'github.fine_grained_pat', 'github.oauth_token', 'github.ssh_key', 'github.gpg_key'],
    leavesBehind: ['github.deploy_key', 'github.webhook', 'github.actions_secret'],
  },
});

export type ServerUser = RestEndpointMethodTypes['users']['list']['response']['data'][number];
type Raw = Unsure<ServerUser> | null;

export const serverUser = defineSurface<ServerSession, Raw>({
  id: 'github.server_user',
  title: 'Users of a GitHub Enterprise Server',
  source: 'https://docs.github.com/enterprise-server@latest/rest/users/users',
  level: 'server',
  kinds: [{ kind: serverUserKind, facts: { expiresAt: 'never', privilege: 'exposed', owner: 'exposed' } }],
  operations: [{ call: route, permission: 'site_admin' }],
  list,
  normalize,
});

/** Organizations are in the list as well. */
export const usersOf = oncePerSession(({ client }: ServerSession, signal) =>
  readThrough(pages<Raw>(client, { route, parameters: {} }, signal)),
);

/** Logins by number. Rejects where the list could not be read. */
export async function loginsById(session: ServerSession, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { items, broke } = await usersOf(session, signal);
  if (broke) throw broke.error;
  return new Map(items.map((user) => [accountId(session.instance, user?.id, 'id'), text(user?.login, 'login')]));
}

async function* list(session: ServerSession, { signal }: Look): AsyncGenerator<readonly Raw[]> {
  const { pages: listed, broke } = await usersOf(session, signal);
  for (const page of listed) yield page.filter((user) => user?.type !== 'Organization');
  if (broke) throw broke.error;
}

function normalize(user: Raw, { session, observedAt }: Seen<ServerSession>): readonly InventoryRecord[] {
  const login = text(user?.login, 'login');
  const guess = machineUserGuess(login, { type: user?.type });
  const administrator = user?.site_admin === true;
  const record = identity({
    id: accountId(session.instance, user?.id, 'id'),
    kind: serverUserKind.id,
    provider: 'github',
    scope: `server/${session.instance}`,
    name: login,
    // Whether an account is suspended is told by the account itself only.
    status: 'unknown',
    managedBy: 'customer',
    createdAt: unknown('not-offered', 'the list of users has no dates'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: administrator
      ? { state: 'known', value: 'admin' }
      : unknown('not-offered', 'what a user reaches is spread over organizations and repositories'),
    privileges: administrator ? ['site administrator'] : [],
    owners: [{ role: 'technical', ref: login, by: 'login of the account' }],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'owners', 'privilege', 'details'] }],
    details: guess === undefined ? {} : { machineUser: guess },
  });
  return [record];
}
