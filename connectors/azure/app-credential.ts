// https://learn.microsoft.com/en-us/graph/api/resources/passwordcredential, https://learn.microsoft.com/en-us/graph/api/resources/keycredential
import type { FactName, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { Common, Status } from '../../src/model/record.ts';
import { expiryOf } from './expiry.ts';
import { type Json, described, text } from './json.ts';
import { unlessElsewhere } from './principal-sign-ins.ts';
import type { Privilege } from './privilege.ts';
import { reachEvidence } from './reach.ts';
import { type SignInReport, createdAtOf, lastUsedAtOf, signInEvidence } from './sign-in-report.ts';
import { textTime } from './text-time.ts';
import { thumbprintOf } from './thumbprint.ts';

export const secretFacts = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'exposed',
  notBefore: 'exposed',
  privilege: 'exposed',
  owner: 'not-offered',
} as const satisfies SurfaceKind['facts'];
export const certificateFacts = { ...secretFacts, fingerprint: 'exposed' } as const satisfies SurfaceKind['facts'];

/** The application or service principal that credentials stand on. */
export type Holder = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly status: Status;
  readonly managedBy: Common['managedBy'];
  /** The call that listed it. */
  readonly operation: string;
  readonly observedAt: Instant;
  readonly signIns: Fact<SignInReport>;
  /** How far it reaches, and so whoever holds one of its credentials. */
  readonly reach: Fact<Privilege>;
  /** Set where it also signs in to other tenants, whose reports nobody here can read. */
  readonly isUsedElsewhere?: boolean;
};

/** A client secret. Its `hint`, three characters of the value, is never read. */
export function secretRecord(kind: string, raw: Json, holder: Holder): Credential {
  return appCredential(kind, raw, holder, { fingerprint: unknown('not-offered'), lastUsedAt: undefined, details: {} });
}

export type CertificateTurn = {
  /** Set where signing in is not what the certificate is for, so that the sign-in report is silent about it. */
  readonly lastUsedAt?: Fact<Instant>;
  readonly status?: Status;
  readonly reach?: Fact<Privilege>;
  readonly details?: Readonly<Record<string, unknown>>;
};

export function certificateRecord(kind: string, raw: Json, holder: Holder, turn: CertificateTurn = {}): Credential {
  const { status = holder.status, reach = holder.reach, lastUsedAt, details } = turn;
  return appCredential(
    kind,
    raw,
    { ...holder, status, reach },
    {
      fingerprint: thumbprintOf(raw['customKeyIdentifier']),
      lastUsedAt,
      details: { type: raw['type'], usage: raw['usage'], ...details },
    },
  );
}

type Own = {
  readonly fingerprint: Fact<string>;
  readonly lastUsedAt: Fact<Instant> | undefined;
  readonly details: Readonly<Record<string, unknown>>;
};

function appCredential(kind: string, raw: Json, holder: Holder, { fingerprint, lastUsedAt, details }: Own): Credential {
  const keyId = required(text(raw['keyId']), 'keyId');
  const createdAt = createdAtOf(holder.signIns, keyId);
  const used = lastUsedAt ?? unlessElsewhere(lastUsedAtOf(holder.signIns, keyId), holder.isUsedElsewhere === true, holder.observedAt);
  const expiresAt = expiryOf(raw['endDateTime']);
  const fields: FactName[] = ['expiresAt', 'notBefore', ...(fingerprint.state === 'known' ? (['fingerprint'] as const) : [])];
  return credential({
    id: keyId,
    kind,
    provider: 'azure',
    scope: holder.scope,
    name: text(raw['displayName']) ?? keyId,
    status: statusOf(expiresAt, holder),
    managedBy: holder.managedBy,
    identity: known(holder.id),
    createdAt,
    // A secret or certificate cannot be changed: a renewed one is another object.
    rotatedAt: createdAt,
    lastUsedAt: used,
    expiresAt,
    notBefore: textTime(raw['startDateTime']),
    purpose: unknown('not-offered'),
    ...privilegeFields(holder.reach),
    fingerprint,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      { operation: holder.operation, observedAt: holder.observedAt, fields: ['status', ...fields] },
      ...signInEvidence(holder.signIns, { createdAt, rotatedAt: createdAt, lastUsedAt: used }),
      ...reachEvidence(holder.reach, holder.observedAt),
    ],
    details: described({ holder: holder.name, ...details }),
  });
}

function statusOf(expiresAt: Fact<Instant>, { status, observedAt }: Holder): Status {
  return expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt) ? 'expired' : status;
}
