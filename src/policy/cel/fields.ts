import type { Credential, CredentialFacts } from '../../model/credential.ts';
import type { Grant, GrantFacts } from '../../model/grant.ts';
import type { Identity, IdentityFacts } from '../../model/identity.ts';

/** Types as CEL writes them. */
export const timestamp = 'google.protobuf.Timestamp';
export const duration = 'google.protobuf.Duration';
const moment = `optional<${timestamp}>`;
const length = `optional<${duration}>`;
const word = 'optional<string>';
const list = 'list<string>';

/** Facts of a record, by the type that an expression sees. What a kind of record cannot have is no field of it. */
const ofAll = {
  createdAt: moment,
  lastUsedAt: moment,
  expiresAt: moment,
  statusSince: moment,
  privilege: word,
} as const satisfies Partial<Record<keyof IdentityFacts & keyof CredentialFacts & keyof GrantFacts, string>>;
const ofIdentity = { consumers: `optional<${list}>` } as const satisfies Partial<Record<keyof IdentityFacts, string>>;
const ofCredential = {
  rotatedAt: moment,
  rotationDueAt: moment,
  notBefore: moment,
  identity: word,
  fingerprint: word,
  consumers: `optional<${list}>`,
} as const satisfies Partial<Record<keyof CredentialFacts, string>>;
const ofGrant = { identity: word, permission: word } as const satisfies Partial<Record<keyof GrantFacts, string>>;

export const recordFacts = {
  identity: { ...ofAll, ...ofIdentity },
  credential: { ...ofAll, ...ofCredential },
  grant: { ...ofAll, ...ofGrant },
} as const;
export type RecordName = (Identity | Credential | Grant)['record'];

/** What is said of every record, and what the sources, tags and the clock add. */
export const commonFields = {
  record: 'string',
  id: 'string',
  kind: 'string',
  provider: 'string',
  scope: 'string',
  name: 'string',
  status: 'string',
  managedBy: 'string',
  tags: 'map<string, string>',
  privileges: list,
  traits: 'Traits',
  owners: 'list<Owner>',
  trust: 'list<Trust>',
  purpose: word,
  person: word,
  workload: word,
  lifecycle: word,
  vendor: word,
  vendorEndsAt: moment,
  environments: list,
  declaredPrivilege: word,
  quarantineUntil: moment,
  siblings: 'int',
  /** Since it was made, got its value, was last used; until it ends. */
  age: length,
  valueAge: length,
  idle: length,
  timeLeft: length,
} as const;

export const partFields = {
  Traits: { expiry: 'string', rotation: 'string', proof: 'string', actor: word, takesWith: list, leavesBehind: list },
  Owner: { role: 'string', ref: 'string', by: 'string', state: 'string', status: word, person: word, group: word, control: 'bool' },
  Trust: { issuer: 'string', subject: 'string', audience: word, party: word, narrowedBy: list },
} as const;

export function fieldsOf(record: RecordName): Readonly<Record<string, string>> {
  const { valueAge, ...rest } = commonFields;
  return { ...rest, ...recordFacts[record], ...(record === 'credential' ? { valueAge } : {}) };
}
