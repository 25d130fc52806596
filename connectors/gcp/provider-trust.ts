import { MalformedError } from '../../src/connector/refusal.ts';
import type { Trust } from '../../src/model/trust.ts';
import { type Json, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import { type Demands, claimBehind, demandsOf } from './attribute-condition.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers

/** Who vouches, and how what it says becomes a Google principal. */
export type Provider = {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
  readonly condition: string | undefined;
  /** Narrowest certain subjects; `*` where nothing narrows them for certain. */
  readonly subjects: readonly string[];
};

/** The claims that an AWS provider maps where the customer maps none. */
const awsMapping = { 'google.subject': 'assertion.arn' } as const;

export function providerOf(item: Json): Provider {
  const condition = textIn(item, 'attributeCondition');
  const account = textIn(objectIn(item, 'aws'), 'accountId');
  const own = namesIn(item, 'attributeMapping');
  const mapping = account !== undefined && Object.keys(own).length === 0 ? awsMapping : own;
  const demands = demandsOf(condition, mapping);
  const issuer = issuerOf(item, account);
  return {
    issuer,
    audiences: textsIn(objectIn(item, 'oidc'), 'allowedAudiences'),
    mapping,
    condition,
    subjects: account === undefined ? subjectsOf(issuer, demands) : [`arn:aws:iam::${account}:root`],
  };
}

/** One trust for each subject that a provider lets in; `narrowed` is what one grant demands besides. */
export function trustsOf({ issuer, audiences, condition, subjects }: Provider, narrowed: readonly string[] = subjects): readonly Trust[] {
  return narrowed.map((subject) => ({
    issuer,
    subject,
    ...(audiences.length === 0 ? {} : { audience: audiences.join(' ') }),
    ...(condition === undefined ? {} : { conditions: { attributeCondition: condition } }),
  }));
}

/** Subjects of the issuer behind an attribute that a grant names: `attribute.repository/larkspur-foods/shop`. */
export function subjectsWith({ issuer, mapping, subjects }: Provider, attribute: string, value: string): readonly string[] {
  const claim = claimBehind(attribute, mapping);
  if (claim === undefined) return subjects;
  const found = subjectsOf(issuer, new Map([[claim, [value]]]));
  return found.includes('*') ? subjects : found;
}

function issuerOf(item: Json, account: string | undefined): string {
  if (account !== undefined) return 'sts.amazonaws.com';
  const oidc = textIn(objectIn(item, 'oidc'), 'issuerUri');
  if (oidc !== undefined) return oidc;
  const metadata = textIn(objectIn(item, 'saml'), 'idpMetadataXml');
  if (metadata !== undefined) return /\bentityID\s*=\s*["']([^"']+)["']/.exec(metadata)?.[1] ?? 'a SAML provider without entityID';
  if (listIn(objectIn(objectIn(item, 'x509'), 'trustStore'), 'trustAnchors').length > 0) return 'X.509 trust store';
  throw new MalformedError('a provider without any configuration');
}

/** GitHub names a repository inside `sub`, so that a demand on the repository is one on the start of `sub`. */
function subjectsOf(issuer: string, demands: Demands): readonly string[] {
  const sub = demands.get('sub') ?? (issuer === 'sts.amazonaws.com' ? demands.get('arn') : undefined);
  if (sub !== undefined) return sub;
  if (!isGitHub(issuer)) return ['*'];
  const repositories = demands.get('repository');
  if (repositories !== undefined) return repositories.map((name) => (name.endsWith('*') ? `repo:${name}` : `repo:${name}:*`));
  return demands.get('repository_owner')?.map((owner) => `repo:${owner}/*`) ?? ['*'];
}

/** github.com, a ghe.com tenant, or an enterprise server. */
function isGitHub(issuer: string): boolean {
  return /^https:\/\/token\.actions\.[\w.-]+/.test(issuer) || issuer.endsWith('/_services/token');
}
