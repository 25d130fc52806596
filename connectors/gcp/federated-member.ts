import type { Trust } from '../../src/model/trust.ts';
import type { Json } from './answer.ts';
import { type Provider, narrowed, providerOf, trustsOf } from './provider-trust.ts';

// https://cloud.google.com/iam/docs/principal-identifiers

/** A member of a binding that somebody outside Google vouches for. */
export type FederatedMember = {
  /** Resource name of the pool, or the name of a cluster's own pool: `larkspur-analytics.svc.id.goog`. */
  readonly pool: string;
  /** `subject`, `group`, `attribute.<name>`, or `*` for everybody in the pool. */
  readonly by: string;
  readonly value: string;
};

/** Undefined for people, groups and service accounts of Google. */
export function federatedMember(member: string): FederatedMember | undefined {
  const principal =
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(projects\/[^/]+\/locations\/[^/]+\/workloadIdentityPools\/[^/]+)\/(.+)$/.exec(member);
  if (principal) {
    const [, pool = '', rest = ''] = principal;
    const slash = rest.indexOf('/');
    return slash < 0 ? { pool, by: rest, value: '*' } : { pool, by: rest.slice(0, slash), value: rest.slice(slash + 1) };
  }
  const cluster = /^serviceAccount:([^[\]]+\.svc\.id\.goog)\[([^/\]]+)\/([^\]]+)\]$/.exec(member);
  if (!cluster) return undefined;
  const [, pool = '', namespace = '', name = ''] = cluster;
  return { pool, by: 'subject', value: `system:serviceaccount:${namespace}:${name}` };
}

/** One trust for each provider that could vouch for the member; the pool itself where its providers are not known. */
export function trustsOfMember(member: FederatedMember, providers: readonly Json[]): readonly Trust[] {
  const { pool, by, value } = member;
  if (providers.length === 0) return [{ issuer: pool, subject: by === 'subject' ? value : `${by}/${value}`, party: 'issuer' }];
  return providers.flatMap((provider) => withMember(trustsOf(providerFor(providerOf(provider), member)), member));
}

function providerFor(provider: Provider, { by, value }: FederatedMember): Provider {
  return by === '*' ? provider : narrowed(provider, by === 'subject' ? 'google.subject' : by, value);
}

/** What the grant demands stays readable beside the subject, also where the subject cannot show it. */
function withMember(trusts: readonly Trust[], { by, value }: FederatedMember): readonly Trust[] {
  if (by === '*') return trusts;
  return trusts.map((trust) => ({ ...trust, conditions: { ...trust.conditions, [by]: value } }));
}
