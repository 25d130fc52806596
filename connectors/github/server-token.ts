// https://docs.github.com/enterprise-server@latest/rest/enterprise-admin/users#list-personal-access-tokens
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { epoch } from '../../src/model/instant.ts';
import { accountId, placed } from './account-id.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import { scopeReach } from './reach.ts';
import { readThrough } from './read-through.ts';
import type { ServerSession } from './session.ts';
import { classicPat, oauthToken } from './user-credentials.ts';

const route = 'GET /admin/tokens';

/** What is kept of it: `token`, `token_last_eight` and `hashed_token` end where the answer was parsed. */
export type ServerToken = {
  readonly id: number;
  readonly note: string | null;
  readonly scopes: readonly string[] | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string | null;
  readonly app: { readonly name: string; readonly client_id: string };
  readonly user: { readonly id: number; readonly login: string } | null;
};
type Raw = Unsure<ServerToken> | null;

const tokenFacts = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  expiresAt: 'exposed',
  notBefore: 'never',
  privilege: 'exposed',
  owner: 'exposed',
} as const;

export const serverToken = defineSurface<ServerSession, Raw>({
  id: 'github.server_token',
  title: 'Tokens of all users of a GitHub Enterprise Server',
  source: 'https://docs.github.com/enterprise-server@latest/rest/enterprise-admin/users',
  level: 'server',
  kinds: [
    { kind: classicPat, facts: tokenFacts },
    { kind: oauthToken, facts: tokenFacts },
  ],
  operations: [{ call: route, permission: 'site_admin' }],
  list,
  normalize,
});

/** All pages before the first record: those of one user and sort must come together. */
async function* list({ client }: ServerSession, { signal }: Look): AsyncGenerator<readonly Raw[]> {
  const { items, broke } = await readThrough(keptPages(pages<Raw>(client, { route, parameters: {} }, signal)));
  yield* Map.groupBy(items, (item) => `${String(isPersonal(item))} ${String(item?.user?.id)}`).values();
  if (broke) throw broke.error;
}

async function* keptPages(listed: AsyncIterable<readonly Raw[]>): AsyncGenerator<readonly Raw[]> {
  for await (const page of listed) yield page.map(kept);
}

function kept(item: Raw): Raw {
  return (
    item && {
      id: item.id ?? null,
      note: item.note ?? null,
      scopes: item.scopes ?? null,
      created_at: item.created_at ?? null,
      updated_at: item.updated_at ?? null,
      expires_at: item.expires_at ?? null,
      app: { name: item.app?.name ?? null, client_id: item.app?.client_id ?? null },
      user: item.user ? { id: item.user.id ?? null, login: item.user.login ?? null } : null,
    }
  );
}

/** A personal token belongs to an app of zeros. */
function isPersonal(item: Raw): boolean {
  return /^0+$/.test(item?.app?.client_id ?? '');
}

function normalize(item: Raw, { session, observedAt }: Seen<ServerSession>): readonly InventoryRecord[] {
  const { instance } = session;
  const id = numericId(item?.id, 'id');
  const kind = isPersonal(item) ? classicPat : oauthToken;
  const missing = unknown('malformed-response', 'no timestamp where the API always sends one');
  const login = item?.user ? text(item.user.login, 'user.login') : undefined;
  const expiresAt = moment(item?.expires_at, absent());
  const record = credential({
    id: placed(instance, id),
    kind: kind.id,
    provider: 'github',
    scope: `server/${instance}`,
    name: [item?.note, item?.app?.name].find((each) => typeof each === 'string' && each.trim() !== '') ?? `${kind.title} ${id}`,
    status: expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt) ? 'expired' : 'active',
    managedBy: 'customer',
    identity: item?.user ? known(accountId(instance, item.user.id, 'user.id')) : unknown('not-offered', 'a token without its user'),
    createdAt: moment(item?.created_at, missing),
    // A new value is a write, and so is a new note: the value is at least as old as this.
    rotatedAt: moment(item?.updated_at, missing),
    lastUsedAt: unknown('not-offered'),
    expiresAt,
    notBefore: absent(),
    purpose: unknown('not-offered'),
    ...scopeReach(item?.scopes ?? []),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: login === undefined ? [] : [{ role: 'technical', ref: login, by: 'token owner' }],
    tags: {},
    evidence: [
      {
        operation: route,
        observedAt,
        fields: ['name', 'identity', 'owners', 'status', 'createdAt', 'rotatedAt', 'expiresAt', 'privilege'],
      },
    ],
    details: kind === oauthToken && typeof item?.app?.name === 'string' ? { app: item.app.name } : {},
  });
  return [record];
}
