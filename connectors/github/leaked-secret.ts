// https://docs.github.com/rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { placed } from './account-id.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import type { GitHubSession } from './session.ts';
import { gapOfOthers } from './unseen-repositories.ts';

const route = 'GET /orgs/{org}/secret-scanning/alerts';

export const leakedSecretKind = defineKind({
  id: 'github.leaked_secret',
  title: 'Secret found in a repository',
  record: 'credential',
  proves: 'Whatever it opens where it was issued, for everybody who reads the repository or ever cloned it.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    // Taking it out of the repository revokes nothing.
    revocation: { seen: ['the value no longer works where it was issued', 'the alert is resolved as revoked'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Alert = Omit<RestEndpointMethodTypes['secretScanning']['listAlertsForOrg']['response']['data'][number], 'secret'>;
/** Only what is kept of an alert; no other field of it goes any further. */
export type LeakedSecret = Pick<
  Alert,
  | 'number'
  | 'created_at'
  | 'secret_type'
  | 'secret_type_display_name'
  | 'validity'
  | 'publicly_leaked'
  | 'multi_repo'
  | 'push_protection_bypassed'
> & { readonly repository?: { readonly id: number; readonly full_name: string } };
type Raw = Unsure<LeakedSecret> | null;

export const leakedSecret = defineSurface<GitHubSession, Raw>({
  id: 'github.leaked_secret',
  title: 'Open alerts of secret scanning',
  source: 'https://docs.github.com/rest/secret-scanning/secret-scanning',
  level: 'organization',
  kinds: [{ kind: leakedSecretKind, facts: {} }],
  operations: [{ call: route, permission: 'secret_scanning_alerts:read', fields: { status: 'validity' } }],
  list,
  normalize,
});

async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { client, organization } = session;
  // Without `hide_secret` GitHub would send the secrets themselves.
  const parameters = { org: organization.login, state: 'open', hide_secret: 'true' };
  for await (const page of pages<Raw>(client, { route, parameters }, look.signal)) yield page.map(kept);
  gapOfOthers(session, look, 'alerts of the others are not listed');
}

/** Servers that do not know `hide_secret` yet send the value: it ends here. */
function kept(alert: Raw): Raw {
  return (
    alert && {
      number: alert.number ?? null,
      created_at: alert.created_at ?? null,
      secret_type: alert.secret_type ?? null,
      secret_type_display_name: alert.secret_type_display_name ?? null,
      validity: alert.validity ?? null,
      publicly_leaked: alert.publicly_leaked ?? null,
      multi_repo: alert.multi_repo ?? null,
      push_protection_bypassed: alert.push_protection_bypassed ?? null,
      repository: { id: alert.repository?.id ?? null, full_name: alert.repository?.full_name ?? null },
    }
  );
}

function normalize(item: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const number = numericId(item?.number, 'number');
  const valueTells = unknown('not-offered', 'only the value would tell, and it is never read');
  const foundAt = moment(item?.created_at, unknown('malformed-response', 'no created_at'));
  const record = credential({
    id: placed(session.instance, `repositories/${numericId(item?.repository?.id, 'repository.id')}/secret-scanning/alerts/${number}`),
    kind: leakedSecretKind.id,
    provider: 'github',
    scope: `repository/${text(item?.repository?.full_name, 'repository.full_name')}`,
    name: `${item?.secret_type_display_name ?? text(item?.secret_type, 'secret_type')}, alert ${number}`,
    status: validities[String(item?.validity)] ?? 'unknown',
    managedBy: 'customer',
    identity: valueTells,
    createdAt: valueTells,
    rotatedAt: valueTells,
    lastUsedAt: unknown('not-offered'),
    expiresAt: valueTells,
    notBefore: valueTells,
    purpose: unknown('not-offered'),
    privilege: valueTells,
    fingerprint: valueTells,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'status', 'details'] }],
    details: {
      ...(typeof item?.secret_type === 'string' ? { type: item.secret_type } : {}),
      ...(foundAt.state === 'known' ? { foundAt: foundAt.value } : {}),
      ...(item?.publicly_leaked === true ? { publiclyLeaked: 'yes' } : {}),
      ...(item?.multi_repo === true ? { inSeveralRepositories: 'yes' } : {}),
      ...(item?.push_protection_bypassed === true ? { pushProtection: 'bypassed' } : {}),
    },
  });
  return [record];
}

/** GitHub's own check where the secret was issued. */
const validities: Readonly<Record<string, 'active' | 'inactive'>> = { active: 'active', inactive: 'inactive' };
