// https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { accountId, placed } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { type LastRequests, installationUse, subjectStats } from './api-insights.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import { appReach } from './reach.ts';
import type { Emails } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/installations';
const appRoute = 'GET /apps/{app_slug}';

export const appInstallationKind = defineKind({
  id: 'github.app_installation',
  title: 'Installation of a GitHub App',
  record: 'identity',
  proves: 'Lets whoever holds a private key of the App act in the organization, within the permissions that it was given.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['suspended, or gone from the installations of the organization'], tokensLive: '1h' },
    takesWith: [],
    // https://docs.github.com/authentication/connecting-to-github-with-ssh/managing-deploy-keys
    leavesBehind: ['github.deploy_key', 'github.webhook', 'github.actions_secret'],
  },
});

export type Installation = RestEndpointMethodTypes['orgs']['listAppInstallations']['response']['data']['installations'][number];
export type App = NonNullable<RestEndpointMethodTypes['apps']['getBySlug']['response']['data']>;
type Item = Unsure<Installation> | null;
type Raw = {
  readonly installation: Item;
  readonly app: Fact<Unsure<App>>;
  readonly use: Fact<LastRequests>;
  readonly emails: Fact<Emails>;
};

export const appInstallation = defineSurface<GitHubSession, Raw>({
  id: 'github.app_installation',
  title: 'GitHub Apps installed in the organization',
  source: 'https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization',
  level: 'organization',
  kinds: [
    {
      kind: appInstallationKind,
      facts: {
        createdAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        purpose: 'exposed',
        privilege: 'exposed',
        owner: 'exposed',
      },
    },
  ],
  operations: [
    {
      call: route,
      permission: 'organization_administration:read',
      fields: { status: 'suspended_at', createdAt: 'created_at', privilege: 'permissions' },
    },
    { call: appRoute, permission: 'metadata:read', fields: { purpose: 'description' }, facts: ['owner', 'purpose'] },
    { call: subjectStats, permission: 'organization_api_insights:read', facts: ['lastUsedAt'] },
  ],
  list,
  normalize,
});

async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { client, organization } = session;
  const use = await installationUse(session, look);
  const emails = await emailsOf(session, look);
  const appOf = async (installation: Item): Promise<Raw> => {
    const app = await look.learn(async () => {
      const slug = text(installation?.app_slug, 'app_slug');
      const { data } = await client.request(appRoute, { app_slug: slug, request: { signal: look.signal } });
      return known(data as Unsure<App>);
    });
    return { installation, app, use, emails };
  };
  const list = { route, parameters: { org: organization.login }, field: 'installations' };
  for await (const page of pages<Item>(client, list, look.signal)) yield await Array.fromAsync(fanOut(page, 10, appOf));
}

function normalize(
  { installation: item, app, use, emails }: Raw,
  { session, observedAt }: Seen<GitHubSession>,
): readonly InventoryRecord[] {
  const number = numericId(item?.id, 'id');
  const missing = unknown('malformed-response', 'no created_at');
  const record = identity({
    id: placed(session.instance, number),
    kind: appInstallationKind.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: text(item?.app_slug, 'app_slug'),
    // Suspended: it gets no tokens until somebody lets it again.
    status: statusOf(item?.suspended_at),
    managedBy: 'customer',
    createdAt: moment(item?.created_at, missing),
    lastUsedAt: lastUse(use, number),
    expiresAt: absent(),
    purpose: app.state === 'known' ? described(app.value.description) : app,
    ...appReach(item?.permissions),
    ...owners(item, app, emails, session),
    tags: {},
    evidence: [
      { operation: route, observedAt, fields: ['name', 'status', 'createdAt', 'privilege', 'owners'] },
      ...(app.state === 'known' ? [{ operation: appRoute, observedAt, fields: ['owners', 'purpose'] }] : []),
      ...(use.state === 'known' ? [{ operation: subjectStats, observedAt, fields: ['lastUsedAt'] }] : []),
    ],
    details: details(item, app),
  });
  return [record];
}

function statusOf(suspendedAt: unknown): 'active' | 'inactive' | 'unknown' {
  if (suspendedAt === null) return 'active';
  return typeof suspendedAt === 'string' ? 'inactive' : 'unknown';
}

/** The insights count core REST requests only: neither Git nor GraphQL. */
function lastUse(use: Fact<LastRequests>, number: string): Fact<Instant> {
  if (use.state !== 'known') return use.state === 'absent' ? unknown('not-looked') : use;
  return (
    use.value.get(number) ??
    unknown('not-offered', 'no REST request in the last 30 days; GitHub tells nothing older, and no use of Git or GraphQL')
  );
}

function described(description: unknown): Fact<string> {
  return typeof description === 'string' && description.trim() !== '' ? known(description.trim()) : absent();
}

/** The person who owns the App, and the contact that was given. An App of another organization has an owner, but no person that GitHub names. */
function owners(item: Item, app: Raw['app'], emails: Fact<Emails>, { instance }: GitHubSession) {
  const contact: readonly OwnerClaim[] =
    typeof item?.contact_email === 'string' && item.contact_email !== ''
      ? [{ role: 'technical', ref: item.contact_email, by: 'contact of the installation' }]
      : [];
  if (app.state !== 'known') return { owners: contact, ...(app.state === 'unknown' ? { ownersUnknown: app } : {}) };
  const owner = accountOf(app);
  if (owner?.type !== 'User') return { owners: contact };
  const account = { login: text(owner.login, 'owner.login'), id: accountId(instance, owner.id, 'owner.id') };
  return { owners: [...contact, ...ownerOf(account, emails, 'owner of the App')] };
}

function details(item: Item, app: Raw['app']): Readonly<Record<string, string>> {
  const owner = accountOf(app);
  const suspendedAt = moment(item?.suspended_at, absent());
  return {
    ...(item?.app_id === undefined || item.app_id === null ? {} : { appId: String(item.app_id) }),
    ...(item?.repository_selection === 'all' ? { repositories: 'all, also future ones' } : {}),
    ...(item?.repository_selection === 'selected' ? { repositories: 'selected' } : {}),
    ...(suspendedAt.state === 'known' ? { suspendedAt: suspendedAt.value } : {}),
    ...(typeof item?.suspended_by?.login === 'string' ? { suspendedBy: item.suspended_by.login } : {}),
    ...(typeof owner?.login === 'string' && typeof owner.type === 'string' ? { appOwner: `${owner.type} ${owner.login}` } : {}),
  };
}

/** A user or an organization; an enterprise that owns an App is neither. */
function accountOf(app: Raw['app']) {
  const owner = app.state === 'known' ? app.value.owner : undefined;
  return typeof owner === 'object' && owner !== null && 'login' in owner && 'type' in owner ? owner : undefined;
}
