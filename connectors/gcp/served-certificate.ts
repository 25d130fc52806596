import { timeOrAbsent } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { unlessEnded } from './ended.ts';
import { readCertificate } from './public-certificate.ts';

/** What Certificate Manager and Compute Engine both say of a certificate that a load balancer serves. */
export type Served = {
  readonly kind: string;
  readonly operation: string;
  readonly scope: string;
  readonly observedAt: Instant;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Fact<Instant>;
  /** When it ends; left out by Google until it is issued. */
  readonly expireTime: string | undefined;
  /** The public part. */
  readonly pem: string | undefined;
  /** Google gets and renews it. */
  readonly isManaged: boolean;
  readonly description: string | undefined;
  readonly consumers: Fact<readonly string[]>;
  /** Left out where Google has none for it. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, string>>;
};

const unissued = unknown('not-offered', 'no certificate has been issued yet');

export function servedCertificate({ operation, observedAt, expireTime, pem, isManaged, description, tags, ...plain }: Served): Credential {
  const read = pem === undefined ? undefined : readCertificate(pem);
  const end = timeOrAbsent(expireTime);
  const told = {
    rotatedAt: read?.notBefore ?? unissued,
    notBefore: read?.notBefore ?? unissued,
    fingerprint: read?.fingerprint ?? unissued,
  };
  const facts = { ...told, expiresAt: end.state === 'absent' ? unissued : end };
  return credential({
    ...plain,
    ...facts,
    provider: 'gcp',
    status: end.state === 'absent' ? 'inactive' : unlessEnded('active', end, observedAt),
    managedBy: isManaged ? 'service' : 'customer',
    identity: absent(),
    lastUsedAt: unknown('not-offered'),
    purpose: description === undefined ? absent() : known(description),
    privilege: unknown('not-offered'),
    owners: [],
    tags: tags ?? {},
    evidence: [
      {
        operation,
        observedAt,
        fields: [
          'createdAt',
          ...Object.entries(facts).flatMap(([field, fact]) => (fact.state === 'unknown' ? [] : [field])),
          ...(plain.consumers.state === 'unknown' ? [] : ['consumers']),
          'purpose',
          ...(tags === undefined ? [] : ['tags']),
        ],
      },
    ],
  });
}
