import { MalformedError } from '../../src/connector/refusal.ts';
import type { Narrowing, Party, Trust } from '../../src/model/trust.ts';
import { type Json, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import { type Demands, claimBehind, demandsOf, hasOtherDemand } from './attribute-condition.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers

/** Who vouches, and how what it says becomes a Google principal. */
export type Provider = {
  readonly issuer: string;
  /** Of AWS. */
  readonly account: string | undefined;
  readonly party: Party;
  readonly audiences: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
  readonly condition: string | undefined;
  /** Narrowest certain subjects; `*` where nothing narrows them for certain. */
  readonly subjects: readonly string[];
  /** What is demanded besides being one of the subjects. */
  readonly narrowedBy: readonly Narrowing[];
};

export function providerOf(item: Json): Provider {
  const condition = textIn(item, 'attributeCondition');
  const account = textIn(objectIn(item, 'aws'), 'accountId');
  const mapping = account === undefined ? namesIn(item, 'attributeMapping') : awsMappingOf(namesIn(item, 'attributeMapping'));
  const demands = demandsOf(condition, mapping);
  const issuer = issuerOf(item, account);
  const { subjects, spent } = subjectsOf(issuer, account, demands);
  // The issuer of a tenant vouches for nobody else's.
  const others = [...demands.keys()].filter((claim) => claim !== spent && claim !== 'tid' && claim !== 'iss');
  return {
    issuer,
    account,
    party: account === undefined ? 'issuer' : 'other-account',
    audiences: audiencesOf(item),
    mapping,
    condition,
    subjects: account !== undefined && spent === undefined ? [`arn:aws:iam::${account}:root`] : subjects,
    narrowedBy: [...(others.length > 0 ? (['claim'] as const) : []), ...(hasOtherDemand(condition, mapping) ? (['other'] as const) : [])],
  };
}

/** One trust for each subject that a provider lets in. */
export function trustsOf({ issuer, party, audiences, condition, subjects, narrowedBy }: Provider): readonly Trust[] {
  return subjects.map((subject) => ({
    issuer,
    subject,
    ...(audiences.length === 0 ? {} : { audience: audiences.join(' ') }),
    ...(condition === undefined ? {} : { conditions: { attributeCondition: condition } }),
    party,
    ...(narrowedBy.length === 0 ? {} : { narrowedBy }),
  }));
}

/** The provider as a grant narrows it that names an attribute: `attribute.repository/larkspur-foods/shop`. */
export function narrowed(provider: Provider, attribute: string, value: string): Provider {
  const claim = claimBehind(attribute, provider.mapping);
  const { subjects, spent } =
    claim === undefined ? nobodyNamed : subjectsOf(provider.issuer, provider.account, new Map([[claim, [value]]]));
  if (spent !== undefined) return { ...provider, subjects };
  return { ...provider, narrowedBy: [...new Set([...provider.narrowedBy, 'claim' as const])].toSorted() };
}

const aws = 'sts.amazonaws.com';
/** Stands for the role inside `assertion.arn`, which Google's own mapping takes out of it. */
const roleOfArn = 'assertion.aws_role';

/** Google maps these two where the customer maps nothing, and the console writes them down. https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds */
function awsMappingOf(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(own).length === 0) return { 'google.subject': 'assertion.arn', 'attribute.aws_role': roleOfArn };
  const role = own['attribute.aws_role'];
  return role?.includes("assertion.arn.extract('assumed-role/{") === true ? { ...own, 'attribute.aws_role': roleOfArn } : own;
}

/** Where the customer names none, Google takes only what was made for the provider itself; of an X.509 certificate nothing is asked. */
function audiencesOf(item: Json): readonly string[] {
  const oidc = objectIn(item, 'oidc');
  const named = textsIn(oidc, 'allowedAudiences');
  if (named.length > 0) return named;
  const client = textIn(oidc, 'clientId');
  if (client !== undefined) return [client];
  const name = textIn(item, 'name');
  const isMeant = textIn(oidc, 'issuerUri') !== undefined || textIn(objectIn(item, 'aws'), 'accountId') !== undefined;
  return isMeant && name !== undefined ? [`//iam.googleapis.com/${name}`] : [];
}

function issuerOf(item: Json, account: string | undefined): string {
  if (account !== undefined) return aws;
  const oidc = textIn(objectIn(item, 'oidc'), 'issuerUri');
  if (oidc !== undefined) return oidc;
  const metadata = textIn(objectIn(item, 'saml'), 'idpMetadataXml');
  if (metadata !== undefined) return /\bentityID\s*=\s*["']([^"']+)["']/.exec(metadata)?.[1] ?? 'a SAML provider without entityID';
  if (listIn(objectIn(objectIn(item, 'x509'), 'trustStore'), 'trustAnchors').length > 0) return 'X.509 trust store';
  throw new MalformedError('a provider without any configuration');
}

/** Subjects of the issuer, and the claim that named them; every demand on another claim comes on top. */
type Named = { readonly subjects: readonly string[]; readonly spent?: string };
const nobodyNamed: Named = { subjects: ['*'] };

type Shown = readonly [claim: string, subject: (value: string, account: string | undefined) => string];

/** Claims that a subject shows too: a demand on one of them is a demand on the start of the subject. */
const shown: Readonly<Record<'github' | 'aws', readonly Shown[]>> = {
  github: [
    ['sub', (value) => value],
    ['repository', (name) => (name.endsWith('*') ? `repo:${name}` : `repo:${name}:*`)],
    ['repository_owner', (owner) => `repo:${owner}/*`],
  ],
  aws: [
    ['arn', (value) => value],
    ['aws_role', (role, account = '*') => `${role.startsWith('arn:') ? role : `arn:aws:sts::${account}:assumed-role/${role}`}/*`],
  ],
};

function subjectsOf(issuer: string, account: string | undefined, demands: Demands): Named {
  const claims = issuer === aws ? shown.aws : isGitHub(issuer) ? shown.github : shown.github.slice(0, 1);
  for (const [claim, subject] of claims) {
    const values = demands.get(claim);
    if (values !== undefined) return { subjects: values.map((value) => subject(value, account)), spent: claim };
  }
  return nobodyNamed;
}

/** github.com, a ghe.com tenant, or an enterprise server. */
function isGitHub(issuer: string): boolean {
  return /^https:\/\/token\.actions\.[\w.-]+/.test(issuer) || issuer.endsWith('/_services/token');
}
