import { type Coverage, isBlind } from '../model/coverage.ts';
import { fact } from '../model/record.ts';
import type { Place, Run } from '../model/run.ts';
import type { Scope } from '../model/scope.ts';
import type { Subject } from '../model/subject.ts';
import { openRepositoryIndex } from './repository-index.ts';

export type RunIndex = Run & {
  /** Takes what others may need to know of a subject; the rest of it passes. */
  add(subject: Subject): void;
  addScope(scope: Scope): void;
  addCoverage(row: Coverage): void;
};

/** Holds fingerprints, trusted issuers, workloads of identities and coverage rows: what grows with them, not with the credentials. */
export function openRunIndex(): RunIndex {
  const byFingerprint = new Map<string, Place[]>();
  const byIssuer = new Map<string, Place[]>();
  const workloads = new Map<string, Set<string>>();
  const blind: Coverage[] = [];
  const repositories = openRepositoryIndex();

  return {
    add(subject) {
      const { record, workload } = subject;
      repositories.addRecord(record);
      if (record.record === 'grant') return;
      for (const issuer of new Set(record.trust?.map((each) => issuerKey(each.issuer)))) push(byIssuer, issuer, placeOf(subject));
      if (record.record === 'identity') return;
      const fingerprint = fact(record, 'fingerprint');
      if (fingerprint.state === 'known') push(byFingerprint, fingerprintKey(fingerprint.value), placeOf(subject));
      const identity = fact(record, 'identity');
      if (identity.state === 'known' && workload.state === 'known') {
        const key = `${record.provider}\n${identity.value}`;
        workloads.set(key, (workloads.get(key) ?? new Set()).add(workload.value.id));
      }
    },
    addScope: (scope) => repositories.addScope(scope),
    addCoverage(row) {
      if (isBlind(row)) blind.push(row);
      repositories.addCoverage(row);
    },
    showing: (fingerprint) => sorted(byFingerprint.get(fingerprintKey(fingerprint))),
    trusting: (issuer) => sorted(byIssuer.get(issuerKey(issuer))),
    workloadsOf: (provider, identity) => [...(workloads.get(`${provider}\n${identity}`) ?? [])].toSorted(),
    hasRepository: (name) => repositories.has(name),
    blindness(provider, scope) {
      const row = blind.find((each) => each.connector === provider && isWithin(scope, each.scope));
      if (!row || row.state === 'complete') return undefined;
      return { why: row.reason, detail: `${row.surface} of ${row.scope} was not read whole` };
    },
  };
}

/** `AA:BB` and `aabb` are one; the letters of base64 stay as they are. */
function fingerprintKey(fingerprint: string): string {
  const bare = fingerprint.replaceAll(':', '');
  return /^[\da-f]+$/i.test(bare) ? bare.toLowerCase() : fingerprint;
}

function issuerKey(issuer: string): string {
  return issuer.replace(/^https:\/\//, '').replace(/\/$/, '');
}

function isWithin(scope: string, around: string): boolean {
  return scope === around || scope.startsWith(`${around}/`) || around.startsWith(`${scope}/`);
}

function placeOf({ record: { kind, provider, id, scope, name }, environments }: Subject): Place {
  return { kind, provider, id, scope, name, environments };
}

function sorted(places: readonly Place[] = []): readonly Place[] {
  const key = ({ kind, scope, id }: Place): string => `${kind}\n${scope}\n${id}`;
  return places.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function push(map: Map<string, Place[]>, key: string, place: Place): void {
  const list = map.get(key);
  if (list) list.push(place);
  else map.set(key, [place]);
}
