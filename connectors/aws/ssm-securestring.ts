import type { ParameterInlinePolicy, ParameterMetadata, SSMClient } from '@aws-sdk/client-ssm';
import { type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html

const proves = 'Holds a value that opens some other system for whoever may read and decrypt the parameter.';
const revocation = {
  seen: ['DescribeParameters no longer shows it', 'the system it opens refuses the old value'],
  tokensLive: null,
} as const;

export const ssmSecurestringKind = defineKind({
  id: 'aws.ssm_securestring',
  title: 'SecureString parameter',
  record: 'credential',
  proves,
  remedy: { delete: 'aws ssm delete-parameter --name {name} --region {scope.region}' },
  traits: { expiry: 'never', rotation: 'in-place', proof: 'bearer', revocation, takesWith: [], leavesBehind: [] },
});

/** Only parameters of the advanced tier can have policies, one of which ends them. */
export const ssmAdvancedSecurestringKind = defineKind({
  id: 'aws.ssm_advanced_securestring',
  title: 'SecureString parameter of the advanced tier',
  record: 'credential',
  proves,
  remedy: { delete: 'aws ssm delete-parameter --name {name} --region {scope.region}' },
  traits: { expiry: 'optional', rotation: 'in-place', proof: 'bearer', revocation, takesWith: [], leavesBehind: [] },
});

type Kept = 'ARN' | 'Name' | 'Description' | 'Tier' | 'KeyId' | 'Version' | 'LastModifiedDate' | 'LastModifiedUser';
type Parameter = { readonly [F in Kept]: ParameterMetadata[F] | undefined } & { readonly expiresAt: Fact<Instant> };
type RawParameter = { readonly parameter: Parameter; readonly tags: Fact<Tags> };

const listing = 'ssm:DescribeParameters';
const tagging = 'ssm:ListTagsForResource';

const facts: SurfaceKind['facts'] = {
  rotatedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  purpose: 'exposed',
  owner: 'from-tags',
};

export const ssmSecurestring: Surface<RegionSession> = defineSurface<RegionSession, RawParameter>({
  id: 'aws.ssm_securestring',
  title: 'SecureString parameters',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html',
  level: 'region',
  kinds: [
    { kind: ssmSecurestringKind, facts },
    { kind: ssmAdvancedSecurestringKind, facts: { ...facts, expiresAt: 'exposed' } },
  ],
  operations: [
    { call: listing, permission: listing, fields: { rotatedAt: 'LastModifiedDate', purpose: 'Description' } },
    { call: tagging, permission: tagging, facts: ['owner'] },
  ],

  async *list({ service }, look) {
    const { SSMClient, DescribeParametersCommand } = await import('@aws-sdk/client-ssm');
    const client = await service(() => Promise.resolve(SSMClient));
    const pages = pagesOf('Parameters', async (token) => {
      const page = await client.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Type', Values: ['SecureString'] }], MaxResults: 50, NextToken: token }),
        { abortSignal: look.signal },
      );
      return { items: page.Parameters?.map(toParameter), next: page.NextToken };
    });
    for await (const page of pages) {
      const raw: RawParameter[] = [];
      const tagged = fanOut(page, serviceBudget.concurrency, async (parameter) => ({
        parameter,
        tags: await look.learn(() => readTags(client, look.signal, required(parameter.Name, 'Name'))),
      }));
      for await (const each of tagged) raw.push(each);
      yield raw;
    }
  },

  normalize({ parameter, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const name = required(parameter.Name, 'Name');
    const told = toldTags(tags, tagging, observedAt);
    const isAdvanced = parameter.Tier === 'Advanced';
    return [
      credential({
        id: parameter.ARN ?? arnOf(name, session),
        kind: isAdvanced ? ssmAdvancedSecurestringKind.id : ssmSecurestringKind.id,
        provider: 'aws',
        scope: session.scope,
        name,
        identity: absent(),
        status: 'active',
        managedBy: 'customer',
        // Only the history of its values has the first date, and shows the values beside it.
        createdAt: unknown('not-offered'),
        rotatedAt: time(parameter.LastModifiedDate),
        lastUsedAt: unknown('not-offered'),
        expiresAt: isAdvanced ? parameter.expiresAt : absent(),
        notBefore: absent(),
        purpose: purposeOf(parameter.Description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [{ operation: listing, observedAt, fields: ['rotatedAt', 'expiresAt', 'purpose'] }, ...told.evidence],
        details: detailsOf(parameter),
      }),
    ];
  },
});

function toParameter(metadata: ParameterMetadata): Parameter {
  const { ARN, Name, Description, Tier, KeyId, Version, LastModifiedDate, LastModifiedUser, Policies } = metadata;
  return { ARN, Name, Description, Tier, KeyId, Version, LastModifiedDate, LastModifiedUser, expiresAt: endOf(Policies ?? []) };
}

/** A field that came late to the API; the name says the same. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html */
function arnOf(name: string, { partition, region, account }: RegionSession): string {
  return `arn:${partition}:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html */
export function endOf(policies: readonly ParameterInlinePolicy[]): Fact<Instant> {
  const expiration = policies.find(({ PolicyType }) => PolicyType === 'Expiration');
  if (!expiration) return absent();
  const policy = parsed(expiration.PolicyText ?? '');
  const timestamp = isObject(policy) && isObject(policy['Attributes']) ? policy['Attributes']['Timestamp'] : undefined;
  return typeof timestamp === 'string' ? time(timestamp) : unknown('malformed-response', 'an expiration policy without a time');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

async function readTags(client: SSMClient, signal: AbortSignal, name: string): Promise<Fact<Tags>> {
  const { ListTagsForResourceCommand } = await import('@aws-sdk/client-ssm');
  const { TagList } = await client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name }), {
    abortSignal: signal,
  });
  return known(tagsOf(required(TagList, 'TagList')));
}

function detailsOf({ Tier, KeyId, Version, LastModifiedUser }: Parameter): Readonly<Record<string, string>> {
  return {
    ...(Tier === undefined ? {} : { tier: Tier }),
    ...(KeyId === undefined ? {} : { encryptedBy: KeyId }),
    ...(Version === undefined ? {} : { version: String(Version) }),
    ...(LastModifiedUser === undefined ? {} : { lastModifiedBy: LastModifiedUser }),
  };
}
