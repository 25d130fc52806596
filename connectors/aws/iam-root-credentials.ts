import type { PrivilegeFields } from '../../src/connector/privilege.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, type Known, type Unknown, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { Status } from '../../src/model/record.ts';
import { type KeySlot, type ReportRow, trackedSince } from './credential-report.ts';
import { rootAccessKeyKind, rootCertificateKind, rootPasswordKind } from './iam-root-kinds.ts';
import { holdsKey, watchedSince } from './report-row.ts';

/** What GetAccountSummary counts of the root user; the report tells the rest, and no id of a key. */
export type Root = {
  readonly counted: Readonly<Record<'keys' | 'password' | 'mfa' | 'certificates', number | undefined>>;
  readonly row: Known<ReportRow> | Unknown;
  readonly reportedAt: Instant | undefined;
};
export type Where = { readonly scope: string; readonly arn: string; readonly observedAt: Instant };

export const summarising = 'iam:GetAccountSummary';
export const reporting = 'iam:GetCredentialReport';
export const everything: PrivilegeFields = { privilege: known('admin'), privileges: ['root user of the account'] };

export function passwordOf(root: Root, where: Where): readonly Credential[] {
  const { row, counted } = root;
  const isSet = counted.password === undefined ? valueOf(row)?.password.enabled : counted.password > 0;
  if (isSet === undefined) throw new MalformedError('neither the summary nor the report tells whether the root user has a password');
  if (!isSet) return [];
  return [
    toCredential(root, where, {
      kind: rootPasswordKind.id,
      name: 'password',
      status: 'active',
      rotatedAt: told(row, ({ password }) => password.changedAt),
      lastUsedAt: told(row, ({ password, createdAt }) =>
        since(password.lastUsedAt, watchedSince(valueOf(createdAt), trackedSince.password)),
      ),
      ...endless,
    }),
  ];
}

/** The summary says that there are keys, the report which; where the report is missing or older, one record stands for them. */
export function keysOf(root: Root, where: Where): readonly Credential[] {
  const { row, counted } = root;
  const slots = valueOf(row)?.keys ?? [];
  const held = slots.flatMap((slot, index) => (holdsKey(slot) ? [{ slot, name: `access-key-${String(index + 1)}` }] : []));
  if (held.length === 0 && expectCount(counted.keys, 'AccountAccessKeysPresent') > 0)
    return [
      toCredential(root, where, {
        kind: rootAccessKeyKind.id,
        name: 'access-key',
        status: 'active',
        rotatedAt: lost(row),
        lastUsedAt: lost(row),
        ...endless,
      }),
    ];
  return held.map(({ slot, name }) => toCredential(root, where, { kind: rootAccessKeyKind.id, name, ...ofSlot(slot), ...endless }));
}

export function certificatesOf(root: Root, where: Where): readonly Credential[] {
  const { row, counted } = root;
  const untold = { lastUsedAt: notOffered, expiresAt: notOffered, notBefore: notOffered };
  const held = (valueOf(row)?.certificates ?? []).flatMap(({ active, rotatedAt }, index) =>
    active === true || rotatedAt.state === 'known' ? [{ active, rotatedAt, name: `signing-certificate-${String(index + 1)}` }] : [],
  );
  const kind = rootCertificateKind.id;
  if (held.length === 0 && expectCount(counted.certificates, 'AccountSigningCertificatesPresent') > 0)
    return [toCredential(root, where, { kind, name: 'signing-certificate', status: 'active', rotatedAt: lost(row), ...untold })];
  return held.map(({ active, rotatedAt, name }) =>
    toCredential(root, where, { kind, name, status: statusOf(active), rotatedAt, ...untold }),
  );
}

type Told = {
  readonly kind: string;
  readonly name: string;
  readonly status: Status;
  readonly rotatedAt: Fact<Instant>;
  readonly lastUsedAt: Fact<Instant>;
  readonly expiresAt: Fact<Instant>;
  readonly notBefore: Fact<Instant>;
};

const notOffered = unknown('not-offered');
const endless = { expiresAt: absent(), notBefore: absent() } as const;

function toCredential({ reportedAt }: Root, { scope, arn, observedAt }: Where, { name, ...facts }: Told): Credential {
  return credential({
    id: `${arn}/${name}`,
    provider: 'aws',
    scope,
    name: `root/${name}`,
    identity: known(arn),
    managedBy: 'customer',
    createdAt: notOffered,
    ...facts,
    purpose: notOffered,
    ...everything,
    fingerprint: notOffered,
    consumers: notOffered,
    owners: [],
    tags: {},
    evidence: [
      { operation: summarising, observedAt, fields: ['identity', 'status', 'privilege'] },
      ...reported(['rotatedAt', 'lastUsedAt'], reportedAt),
    ],
    details: {},
  });
}

/** A slot's time is that of its key's creation, or of its last switching on or off. */
function ofSlot({ active, rotatedAt, lastUsedAt }: KeySlot): Pick<Told, 'status' | 'rotatedAt' | 'lastUsedAt'> {
  const made = rotatedAt.state === 'absent' ? unknown('not-offered', 'the credential report does not tell it') : rotatedAt;
  return {
    status: statusOf(active),
    rotatedAt: made,
    lastUsedAt: since(lastUsedAt, watchedSince(valueOf(rotatedAt), trackedSince.accessKey)),
  };
}

function statusOf(active: boolean | undefined): Status {
  return active === undefined ? 'unknown' : active ? 'active' : 'inactive';
}

function since(used: Fact<Instant>, start: Instant): Fact<Instant> {
  return used.state === 'absent' ? absent(start) : used;
}

export function told(row: Root['row'], read: (row: ReportRow) => Fact<Instant>): Fact<Instant> {
  return row.state === 'known' ? read(row.value) : row;
}

function lost(row: Root['row']): Unknown {
  return row.state === 'unknown' ? row : unknown('stale', 'the credential report is older than the key');
}

export function expectCount(count: number | undefined, name: string): number {
  if (count === undefined) throw new MalformedError(`an account summary without ${name}`);
  return count;
}

export function reported(fields: readonly string[], at: Instant | undefined): readonly Provenance[] {
  return at === undefined ? [] : [{ operation: reporting, observedAt: at, fields }];
}
