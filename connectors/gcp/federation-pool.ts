import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isSet, textIn } from './answer.ts';

type Place = { readonly kind: string; readonly operation: string; readonly scope: string; readonly observedAt: string };

/** Pools of workloads and of the workforce are written alike. */
export function poolRecord(item: Json, { kind, operation, scope, observedAt }: Place): Identity {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
  return identity({
    id,
    kind,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    // Google makes the pool of a GKE fleet by itself.
    managedBy: id.endsWith('.svc.id.goog') ? 'service' : 'customer',
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered', 'only data access audit logs of the token service tell'),
    expiresAt: absent(),
    purpose: description === undefined ? absent() : known(description),
    privilege: unknown('not-looked'),
    owners: [],
    tags: {},
    evidence: [{ operation, observedAt, fields: ['status', 'purpose'] }],
    details: described({
      displayName: textIn(item, 'displayName'),
      mode: textIn(item, 'mode'),
      sessionDuration: textIn(item, 'sessionDuration'),
      purgedAt: textIn(item, 'expireTime'),
    }),
  });
}

/** Pools, providers and their like can be undeleted for 30 days. */
export function stateOf(item: Json): Status {
  if (textIn(item, 'state') === 'DELETED') return 'deleted-recoverable';
  return isSet(item, 'disabled') ? 'inactive' : 'active';
}
