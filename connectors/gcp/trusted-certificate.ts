import { type Credential, credential } from '../../src/model/credential.ts';
import { known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Status } from '../../src/model/record.ts';
import { unlessEnded } from './ended.ts';
import { readCertificate } from './public-certificate.ts';

export type Trusting = {
  readonly kind: string;
  readonly scope: string;
  /** Resource name of the provider that trusts it, and of the pool that the provider is in. */
  readonly provider: string;
  readonly pool: string;
  readonly status: Status;
  readonly operation: string;
  readonly observedAt: Instant;
};

/** A certificate that a provider trusts: whoever holds its key vouches for what the provider lets in. */
export function trustedCertificate(
  text: string,
  index: number,
  { kind, scope, provider, pool, status, operation, observedAt }: Trusting,
): Credential {
  const { subject, fingerprint, notBefore, expiresAt } = readCertificate(text);
  const told = Object.entries({ fingerprint, notBefore, expiresAt }).filter(([, fact]) => fact.state !== 'unknown');
  return credential({
    id: `${provider}/certificates/${fingerprint.state === 'known' ? fingerprint.value : String(index)}`,
    kind,
    provider: 'gcp',
    scope,
    name: subject,
    status: unlessEnded(status, expiresAt, observedAt),
    managedBy: 'customer',
    identity: known(pool),
    createdAt: notBefore,
    rotatedAt: notBefore,
    notBefore,
    expiresAt,
    lastUsedAt: unknown('not-offered'),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    fingerprint,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation, observedAt, fields: ['identity', ...told.map(([field]) => field)] }],
    details: { provider },
  });
}
