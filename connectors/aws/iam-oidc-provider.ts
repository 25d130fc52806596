import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { causes } from '../../src/connector/refusal.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { iamBudget } from './budget.ts';
import { oidcProviderKind, outboundIssuerKind } from './iam-provider-kinds.ts';
import { partsOf } from './pages.ts';
import type { AccountSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type TrustingRoles, consumersOf, trustingRoles } from './trusting-roles.ts';
import { unlessGone } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html

type RawProvider = {
  readonly arn: string;
  readonly url: string | undefined;
  readonly audiences: readonly string[];
  readonly createdAt: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly roles: Fact<TrustingRoles>;
};
type RawIssuer = { readonly issuer: string | undefined; readonly isOn: boolean | undefined };

const listing = 'iam:ListOpenIDConnectProviders';
const getting = 'iam:GetOpenIDConnectProvider';
const outbound = 'iam:GetOutboundWebIdentityFederationInfo';

export const iamOidcProvider: Surface<AccountSession> = defineSurface<AccountSession, RawProvider | RawIssuer>({
  id: 'aws.iam_oidc_provider',
  title: 'OpenID Connect providers, and the account as one',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html',
  level: 'account',
  kinds: [
    {
      kind: oidcProviderKind,
      facts: {
        createdAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        owner: 'from-tags',
        purpose: 'from-tags',
        consumers: 'exposed',
      },
    },
    { kind: outboundIssuerKind, facts: { expiresAt: 'never', notBefore: 'never' } },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: getting, permission: getting },
    { call: outbound, permission: outbound },
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails', facts: ['consumers'] },
  ],

  async *list(session, look) {
    // The roles take page after page: what does not need them is asked meanwhile.
    const roles = look.learn(async () => known(await trustingRoles(session)));
    roles.catch(() => undefined);
    const issuer = askIssuer(session, look);
    yield* partsOf(providersOf(session, look), {
      look,
      width: iamBudget.concurrency,
      scopeOf: (arn) => `${session.scope}/${arn.slice(arn.lastIndexOf(':') + 1)}`,
      read: (arn) => readProvider(session, look, arn, roles),
    });
    yield toldBy(await issuer, session, look);
  },

  normalize(raw, { session: { scope }, observedAt }): readonly InventoryRecord[] {
    return ['arn' in raw ? toProvider(raw, scope, observedAt) : toIssuer(raw, scope, observedAt)];
  },
});

async function* providersOf({ iam }: AccountSession, look: Look): AsyncGenerator<string> {
  const { OpenIDConnectProviderList } = await iam.listOpenIDConnectProviders({}, { abortSignal: look.signal });
  for (const { Arn } of required(OpenIDConnectProviderList, 'OpenIDConnectProviderList')) yield required(Arn, 'Arn');
}

async function readProvider(
  { iam }: AccountSession,
  look: Look,
  arn: string,
  roles: Promise<Fact<TrustingRoles>>,
): Promise<readonly RawProvider[]> {
  const found = await unlessGone(() => iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn }, { abortSignal: look.signal }));
  if (!found) return [];
  return [
    { arn, url: found.Url, audiences: found.ClientIDList ?? [], createdAt: found.CreateDate, tags: tagsOf(found.Tags), roles: await roles },
  ];
}

type IssuerAnswer = { readonly issuer: RawIssuer } | { readonly error: unknown };

async function askIssuer({ iam }: AccountSession, look: Look): Promise<IssuerAnswer> {
  try {
    const { IssuerIdentifier, JwtVendingEnabled } = await iam.getOutboundWebIdentityFederationInfo({}, { abortSignal: look.signal });
    return { issuer: { issuer: IssuerIdentifier, isOn: JwtVendingEnabled } };
  } catch (error) {
    return { error };
  }
}

/** Where the account was never made an issuer there is nothing to see; a refusal leaves the providers what they are. */
function toldBy(answer: IssuerAnswer, { scope }: AccountSession, look: Look): readonly RawIssuer[] {
  if ('issuer' in answer) return [answer.issuer];
  const part = `${scope}/outbound-federation`;
  const isOff = [...causes(answer.error)].some((each) => each instanceof Error && each.name.startsWith('FeatureDisabled'));
  if (isOff) look.leave(part, 'not-enabled', 'the account issues no tokens for services elsewhere');
  else look.gap(part, answer.error);
  return [];
}

function toProvider({ arn, url, audiences, createdAt, tags, roles }: RawProvider, scope: string, observedAt: Instant): Credential {
  // AWS writes it without its scheme.
  const name = required(url, 'Url').replace(/^https:\/\//, '');
  const issuer = `https://${name}`;
  const consumers = consumersOf(issuer, roles);
  return credential({
    id: arn,
    kind: oidcProviderKind.id,
    scope,
    name,
    ...federated,
    managedBy: 'customer',
    status: 'active',
    createdAt: time(createdAt),
    consumers,
    trust: [{ issuer, subject: '*', ...(audiences.length === 0 ? {} : { audience: audiences.join(' ') }) }],
    tags,
    evidence: [
      { operation: getting, observedAt, fields: ['createdAt', 'trust', 'tags'] },
      ...(consumers.state === 'unknown' ? [] : [{ operation: 'iam:GetAccountAuthorizationDetails', observedAt, fields: ['consumers'] }]),
    ],
    details: {},
  });
}

function toIssuer({ issuer, isOn }: RawIssuer, scope: string, observedAt: Instant): Credential {
  const url = required(issuer, 'IssuerIdentifier');
  return credential({
    id: url,
    kind: outboundIssuerKind.id,
    scope,
    name: url.replace(/^https:\/\//, ''),
    ...federated,
    // Its keys and its address are AWS's; the customer only switches it on.
    managedBy: 'provider',
    status: required(isOn, 'JwtVendingEnabled') ? 'active' : 'inactive',
    createdAt: unknown('not-offered'),
    consumers: unknown('not-offered'),
    trust: [{ issuer: url, subject: '*' }],
    tags: {},
    evidence: [{ operation: outbound, observedAt, fields: ['status', 'trust'] }],
    details: {},
  });
}

const federated = {
  provider: 'aws',
  identity: absent(),
  rotatedAt: unknown('not-offered'),
  lastUsedAt: unknown('not-offered', 'AWS keeps the last use of the roles that trust it, not its own'),
  expiresAt: absent(),
  notBefore: absent(),
  purpose: unknown('not-offered'),
  privilege: unknown('not-offered'),
  fingerprint: unknown('not-offered'),
  owners: [],
} as const;
