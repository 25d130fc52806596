import type { BedrockAgentCoreControlClient, Secret } from '@aws-sdk/client-bedrock-agentcore-control';
import type { Look } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { serviceBudget } from './budget.ts';
import { type Page, pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

/** A credential provider of Bedrock AgentCore: what both sorts have in common. */
export type Provider = {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly createdAt: Date | undefined;
  readonly updatedAt: Date | undefined;
  /** Whose service the secret opens. */
  readonly vendor?: string | undefined;
  readonly secret: Fact<ProviderSecret>;
  readonly tags: Fact<Tags>;
};
/** Where the value is kept. `EXTERNAL`: in a secret of the customer's own. */
export type ProviderSecret = { readonly arn: string | undefined; readonly source: string | undefined };
type Tags = Readonly<Record<string, string>>;

export const tagging = 'bedrock-agentcore:ListTagsForResource';

export async function tagsFor(client: BedrockAgentCoreControlClient, look: Look, resourceArn: string): Promise<Fact<Tags>> {
  const { ListTagsForResourceCommand } = await import('@aws-sdk/client-bedrock-agentcore-control');
  return look.learn(async () => {
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal: look.signal });
    return known(required(tags, 'tags'));
  });
}

/** A row of a list of providers, and what only asking for one of them tells; the two sorts name the same things alike. */
export type ListedProvider = {
  readonly credentialProviderArn: string | undefined;
  readonly name: string | undefined;
  readonly credentialProviderVendor?: string | undefined;
  readonly createdTime: Date | undefined;
  readonly lastUpdatedTime: Date | undefined;
};
export type DescribedProvider = {
  readonly arn: string | undefined;
  readonly secret: Secret | undefined;
  readonly source: string | undefined;
};
type Calls = {
  page(client: BedrockAgentCoreControlClient, nextToken: string | undefined): Promise<Page<ListedProvider>>;
  describe(client: BedrockAgentCoreControlClient, name: string): Promise<DescribedProvider>;
};

/** Lists one sort of providers, and asks for each where its value is kept and which tags it has. */
export async function* providersOf({ service }: RegionSession, look: Look, { page, describe }: Calls): AsyncGenerator<readonly Provider[]> {
  const { BedrockAgentCoreControlClient } = await import('@aws-sdk/client-bedrock-agentcore-control');
  const client = await service(() => Promise.resolve(BedrockAgentCoreControlClient));

  async function withDetail(item: ListedProvider): Promise<Provider> {
    const { credentialProviderArn: arn, name, createdTime: createdAt, lastUpdatedTime: updatedAt, credentialProviderVendor: vendor } = item;
    const provider = { arn, name, createdAt, updatedAt, vendor };
    if (arn === undefined || name === undefined) {
      const untold = unknown('malformed-response');
      return { ...provider, secret: untold, tags: untold };
    }
    const secret = look.learn<ProviderSecret>(async () => {
      const described = await describe(client, name);
      required(described.arn, 'credentialProviderArn');
      return known({ arn: described.secret?.secretArn, source: described.source });
    });
    return { ...provider, secret: await secret, tags: await tagsFor(client, look, arn) };
  }

  for await (const listed of pagesOf('credentialProviders', (token) => page(client, token))) {
    const providers: Provider[] = [];
    for await (const provider of fanOut(listed, serviceBudget.concurrency, withDetail)) providers.push(provider);
    yield providers;
  }
}

type Place = {
  readonly kind: string;
  readonly scope: string;
  readonly observedAt: Instant;
  readonly listing: string;
  readonly describing: string;
  readonly rotatedAt: Fact<Instant>;
};

/** None for a provider that only names a secret of the customer's, which Secrets Manager lists: it would be the same secret twice. */
export function providerCredential(provider: Provider, { kind, scope, observedAt, rotatedAt, ...calls }: Place): readonly Credential[] {
  const id = required(provider.arn, 'credentialProviderArn');
  if (valueOf(provider.secret)?.source === 'EXTERNAL') return [];
  return [
    credential({
      id,
      kind,
      provider: 'aws',
      scope,
      name: required(provider.name, 'name'),
      identity: absent(),
      status: 'active',
      managedBy: 'customer',
      createdAt: time(provider.createdAt),
      // A change of which secret of the customer's is used would move the same date.
      rotatedAt: provider.secret.state === 'unknown' ? provider.secret : rotatedAt,
      lastUsedAt: unknown('not-offered'),
      expiresAt: unknown('not-offered', 'the service that it opens may have set an end'),
      notBefore: unknown('not-offered'),
      purpose: unknown('not-offered'),
      privilege: unknown('not-offered'),
      fingerprint: unknown('not-offered'),
      consumers: unknown('not-offered'),
      owners: [],
      ...(provider.tags.state === 'unknown' ? { ownersUnknown: provider.tags } : {}),
      tags: valueOf(provider.tags) ?? {},
      evidence: evidenceOf(provider, observedAt, calls),
      details: detailsOf(provider),
    }),
  ];
}

function evidenceOf(
  { secret, tags }: Provider,
  observedAt: Instant,
  { listing, describing }: Pick<Place, 'listing' | 'describing'>,
): readonly Provenance[] {
  return [
    { operation: listing, observedAt, fields: ['createdAt'] },
    ...(secret.state === 'unknown' ? [] : [{ operation: describing, observedAt, fields: ['rotatedAt'] }]),
    ...(tags.state === 'unknown' ? [] : [{ operation: tagging, observedAt, fields: ['tags'] }]),
  ];
}

function detailsOf({ vendor, updatedAt, secret }: Provider): Readonly<Record<string, string>> {
  const changedAt = updatedAt && instant(updatedAt);
  const arn = valueOf(secret)?.arn;
  return {
    ...(vendor === undefined ? {} : { vendor }),
    ...(changedAt === undefined ? {} : { updatedAt: changedAt }),
    // Secrets Manager lists the same secret as one that the service manages.
    ...(arn === undefined ? {} : { secret: arn }),
  };
}
