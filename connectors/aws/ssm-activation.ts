import type { Activation } from '@aws-sdk/client-ssm';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { statusUntil } from './life.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Activation.html

export const ssmActivationKind = defineKind({
  id: 'aws.ssm_activation',
  title: 'Hybrid activation of Systems Manager',
  record: 'credential',
  proves: 'Registers machines outside AWS as managed nodes, which then act with its IAM role.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['DescribeActivations no longer shows it', 'the nodes registered with it are deregistered'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['aws.iam_role'],
  },
});

type Kept =
  | 'ActivationId'
  | 'Description'
  | 'DefaultInstanceName'
  | 'IamRole'
  | 'RegistrationLimit'
  | 'RegistrationsCount'
  | 'ExpirationDate'
  | 'Expired'
  | 'CreatedDate';
type RawActivation = { readonly [F in Kept]: Activation[F] | undefined } & { readonly tags: Readonly<Record<string, string>> };

const listing = 'ssm:DescribeActivations';

export const ssmActivation: Surface<RegionSession> = defineSurface<RegionSession, RawActivation>({
  id: 'aws.ssm_activation',
  title: 'Hybrid activations',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeActivations.html',
  level: 'region',
  kinds: [
    {
      kind: ssmActivationKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'never',
        purpose: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [{ call: listing, permission: listing }],

  async *list({ service }, look) {
    const { SSMClient, DescribeActivationsCommand } = await import('@aws-sdk/client-ssm');
    const client = await service(() => Promise.resolve(SSMClient));
    yield* pagesOf('ActivationList', async (token) => {
      const page = await client.send(new DescribeActivationsCommand({ MaxResults: 50, NextToken: token }), { abortSignal: look.signal });
      return { items: page.ActivationList?.map(toActivation), next: page.NextToken };
    });
  },

  normalize(activation, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(activation.ActivationId, 'ActivationId');
    const createdAt = time(activation.CreatedDate);
    const expiresAt = time(activation.ExpirationDate);
    return [
      credential({
        id,
        kind: ssmActivationKind.id,
        provider: 'aws',
        scope: session.scope,
        name: activation.DefaultInstanceName ?? id,
        identity: roleOf(activation, session),
        status: statusUntil(expiresAt, statusOf(activation), observedAt),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: lastUse(activation, createdAt),
        expiresAt,
        notBefore: absent(),
        purpose: purposeOf(activation.Description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: activation.tags,
        evidence: [
          {
            operation: listing,
            observedAt,
            fields: ['identity', 'status', 'createdAt', 'rotatedAt', 'lastUsedAt', 'expiresAt', 'purpose', 'tags'],
          },
        ],
        details: detailsOf(activation),
      }),
    ];
  },
});

function toActivation(activation: Activation): RawActivation {
  const { ActivationId, Description, DefaultInstanceName, IamRole, RegistrationLimit, RegistrationsCount } = activation;
  const { ExpirationDate, Expired, CreatedDate, Tags } = activation;
  return {
    ActivationId,
    Description,
    DefaultInstanceName,
    IamRole,
    RegistrationLimit,
    RegistrationsCount,
    ExpirationDate,
    Expired,
    CreatedDate,
    tags: tagsOf(Tags),
  };
}

/** The role is named with its path, as in `service-role/AmazonEC2RunCommandRoleForManagedInstances`. */
function roleOf({ IamRole }: RawActivation, { partition, account }: RegionSession): Fact<string> {
  if (IamRole === undefined || IamRole === '') return unknown('malformed-response', 'no role where the API always sends one');
  return known(IamRole.startsWith('arn:') ? IamRole : `arn:${partition}:iam::${account}:role/${IamRole}`);
}

/** One that has registered all the machines it may registers no more. */
function statusOf({ Expired, RegistrationsCount, RegistrationLimit }: RawActivation): Status {
  if (Expired === true) return 'expired';
  return RegistrationsCount !== undefined && RegistrationLimit !== undefined && RegistrationsCount >= RegistrationLimit
    ? 'inactive'
    : 'active';
}

/** AWS counts the machines, and keeps no time. */
function lastUse({ RegistrationsCount }: RawActivation, createdAt: Fact<Instant>): Fact<Instant> {
  return RegistrationsCount === 0 ? absent(valueOf(createdAt)) : unknown('not-offered', 'AWS counts its uses, and keeps no time of them');
}

function detailsOf({ RegistrationsCount, RegistrationLimit }: RawActivation): Readonly<Record<string, string>> {
  return RegistrationsCount === undefined || RegistrationLimit === undefined
    ? {}
    : { registered: `${String(RegistrationsCount)} of ${String(RegistrationLimit)}` };
}
