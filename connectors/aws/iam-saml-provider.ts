import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { iamBudget } from './budget.ts';
import { samlProviderKind } from './iam-provider-kinds.ts';
import { statusUntil } from './life.ts';
import { type SamlMetadata, readSamlMetadata } from './saml-metadata.ts';
import type { AccountSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type Tags, toldTags } from './told-tags.ts';
import { type TrustingRoles, consumersOf, trustingRoles } from './trusting-roles.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html

/** What is kept of the provider itself. Keys that decrypt its assertions are named in the answer, and never sent. */
type Told = { readonly tags: Tags; readonly metadata: SamlMetadata; readonly decryptionKeys: number };
type RawProvider = {
  readonly arn: string | undefined;
  readonly createdAt: Date | undefined;
  readonly validUntil: Date | undefined;
  readonly told: Fact<Told>;
  readonly roles: Fact<TrustingRoles>;
};

const listing = 'iam:ListSAMLProviders';
const getting = 'iam:GetSAMLProvider';

export const iamSamlProvider: Surface<AccountSession> = defineSurface<AccountSession, RawProvider>({
  id: 'aws.iam_saml_provider',
  title: 'SAML providers',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html',
  level: 'account',
  kinds: [
    {
      kind: samlProviderKind,
      facts: {
        createdAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'never',
        owner: 'from-tags',
        purpose: 'from-tags',
        fingerprint: 'exposed',
        consumers: 'exposed',
      },
    },
  ],
  operations: [
    { call: listing, permission: listing, fields: { createdAt: 'CreateDate', expiresAt: 'ValidUntil' } },
    { call: getting, permission: getting, facts: ['owner', 'purpose', 'fingerprint'] },
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails', facts: ['consumers'] },
  ],

  async *list(session, look) {
    const [{ SAMLProviderList }, roles] = await Promise.all([
      session.iam.listSAMLProviders({}, { abortSignal: look.signal }),
      look.learn(async () => known(await trustingRoles(session))),
    ]);
    const listed = required(SAMLProviderList, 'SAMLProviderList');
    const details = fanOut(listed, iamBudget.concurrency, ({ Arn }) => look.learn(async () => known(await detailsOf(session, look, Arn))));
    let index = 0;
    for await (const told of details) {
      const { Arn, CreateDate, ValidUntil } = listed[index] ?? {};
      index += 1;
      yield [{ arn: Arn, createdAt: CreateDate, validUntil: ValidUntil, told, roles }];
    }
  },

  normalize({ arn, createdAt, validUntil, told, roles }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(arn, 'Arn');
    const name = id.slice(id.indexOf(':saml-provider/') + ':saml-provider/'.length);
    const expiresAt = timeOrAbsent(validUntil);
    const tags = toldTags(told.state === 'known' ? known(told.value.tags) : told, getting, observedAt);
    const metadata = valueOf(told)?.metadata;
    const consumers = consumersOf(id, roles);
    return [
      credential({
        id,
        kind: samlProviderKind.id,
        provider: 'aws',
        scope: session.scope,
        name,
        identity: absent(),
        status: statusUntil(expiresAt, 'active', observedAt),
        // Made and renewed by IAM Identity Center, which says so in the name.
        managedBy: /^AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/.test(name) ? 'provider' : 'customer',
        createdAt: time(createdAt),
        rotatedAt: unknown('not-offered', 'AWS does not say when its metadata were last replaced'),
        lastUsedAt: unknown('not-offered', 'AWS keeps the last use of the roles that trust it, not its own'),
        expiresAt,
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: metadata?.fingerprint ?? (told.state === 'unknown' ? told : unknown('not-looked')),
        consumers,
        ...(metadata?.entityId === undefined ? {} : { trust: [{ issuer: metadata.entityId, subject: '*' }] }),
        owners: [],
        ...tags.owners,
        tags: tags.tags,
        evidence: [
          { operation: listing, observedAt, fields: ['createdAt', 'expiresAt'] },
          ...tags.evidence,
          ...(consumers.state === 'unknown'
            ? []
            : [{ operation: 'iam:GetAccountAuthorizationDetails', observedAt, fields: ['consumers'] }]),
        ],
        details: {
          ...(metadata?.signingEndsAt === undefined ? {} : { signingCertificateEndsAt: metadata.signingEndsAt }),
          ...((valueOf(told)?.decryptionKeys ?? 0) === 0 ? {} : { decryptionKeys: String(valueOf(told)?.decryptionKeys) }),
        },
      }),
    ];
  },
});

async function detailsOf({ iam }: AccountSession, look: Look, arn: string | undefined): Promise<Told> {
  const found = await iam.getSAMLProvider({ SAMLProviderArn: required(arn, 'Arn') }, { abortSignal: look.signal });
  return {
    tags: tagsOf(found.Tags),
    metadata: readSamlMetadata(required(found.SAMLMetadataDocument, 'SAMLMetadataDocument')),
    decryptionKeys: found.PrivateKeyList?.length ?? 0,
  };
}
