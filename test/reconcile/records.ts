import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Grant, grant } from '../../src/model/grant.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { type Kind, defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';

const traits = {
  expiry: 'never',
  rotation: 'replace',
  proof: 'bearer',
  revocation: { seen: ['gone'], tokensLive: null },
  takesWith: [],
  leavesBehind: [],
} as const;

export const user = defineKind({
  id: 'toy.user',
  title: 'User',
  record: 'identity',
  proves: 'nothing',
  traits: { ...traits, takesWith: ['toy.key'] },
});
export const app = defineKind({
  id: 'toy.app',
  title: 'App',
  record: 'identity',
  proves: 'nothing',
  traits: { ...traits, takesWith: ['toy.secret'] },
});
export const key = defineKind({ id: 'toy.key', title: 'Key', record: 'credential', proves: 'being the user', traits });
export const secret = defineKind({ id: 'toy.secret', title: 'Secret', record: 'credential', proves: 'being the app', traits });
export const role = defineKind({ id: 'toy.role', title: 'Role', record: 'grant', proves: 'nothing', traits });
export const kinds: ReadonlyMap<string, Kind> = new Map([user, app, key, secret, role].map((kind) => [kind.id, kind]));

export type Traits = {
  readonly kind?: string;
  readonly provider?: string;
  readonly scope?: string;
  readonly owners?: readonly OwnerClaim[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly purpose?: Fact<string>;
  /** Whether the record's tags were read at all. */
  readonly sawTags?: boolean;
};

function plain(id: string, kind: string, { provider = 'toy', scope = 'account/1', owners = [], tags = {}, sawTags = true }: Traits) {
  return {
    id,
    kind,
    provider,
    scope,
    name: `${id}-name`,
    status: 'active' as const,
    managedBy: 'customer' as const,
    owners,
    tags,
    evidence: [{ operation: 'List', observedAt: '2026-11-21T00:00:00Z', fields: sawTags ? ['status', 'tags'] : ['status'] }],
    details: {},
  };
}

const silent = unknown('not-offered');

export function anIdentity(id: string, given: Traits = {}): Identity {
  const { purpose = silent } = given;
  return identity({
    ...plain(id, given.kind ?? user.id, given),
    createdAt: silent,
    lastUsedAt: silent,
    expiresAt: absent(),
    purpose,
    privilege: silent,
  });
}

export function aCredential(id: string, proves: string | undefined, given: Traits = {}): Credential {
  const { purpose = silent } = given;
  return credential({
    ...plain(id, given.kind ?? key.id, given),
    identity: proves === undefined ? absent() : known(proves),
    createdAt: silent,
    rotatedAt: silent,
    lastUsedAt: silent,
    expiresAt: absent(),
    notBefore: silent,
    purpose,
    privilege: silent,
    fingerprint: silent,
    consumers: silent,
  });
}

export function aGrant(id: string, holder: string, given: Traits = {}): Grant {
  const { purpose = silent } = given;
  return grant({
    ...plain(id, given.kind ?? role.id, given),
    identity: known(holder),
    permission: known('admin'),
    createdAt: silent,
    lastUsedAt: silent,
    expiresAt: absent(),
    purpose,
    privilege: silent,
  });
}
