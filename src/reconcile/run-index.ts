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
  const byFingerprint = new Map<string, Places>();
  const byIssuer = new Map<string, Set<string>>();
  const workloads = new Map<string, Set<string>>();
  const blind: Coverage[] = [];
  const repositories = openRepositoryIndex();
  const addPlace = (fingerprint: string, place: Place): void => {
    const places = byFingerprint.get(fingerprint);
    if (!places) byFingerprint.set(fingerprint, { list: [place], isSorted: true });
    else {
      places.list.push(place);
      places.isSorted = false;
    }
  };

  return {
    add(subject) {
      const { record, workload } = subject;
      if (record.record === 'grant') return;
      for (const { issuer } of record.trust ?? []) put(byIssuer, `${record.provider}\n${issuerKey(issuer)}`, record.kind);
      if (record.record === 'identity') return;
      const fingerprint = fact(record, 'fingerprint');
      if (fingerprint.state === 'known') addPlace(fingerprintKey(fingerprint.value), placeOf(subject));
      const identity = fact(record, 'identity');
      if (identity.state === 'known' && workload.state === 'known') {
        put(workloads, `${record.provider}\n${identity.value}`, workload.value.id);
      }
    },
    addScope: (scope) => repositories.addScope(scope),
    addCoverage(row) {
      if (isBlind(row)) blind.push(row);
      repositories.addCoverage(row);
    },
    showing: (fingerprint) => sortedOnce(byFingerprint.get(fingerprintKey(fingerprint)) ?? none),
    kindsTrusting: (provider, issuer) => byIssuer.get(`${provider}\n${issuerKey(issuer)}`) ?? nobody,
    workloadsOf: (provider, identity) => [...(workloads.get(`${provider}\n${identity}`) ?? [])].toSorted(),
    hasRepository: (name) => repositories.has(name),
    blindness(provider, scope) {
      const row = blind.find((each) => each.connector === provider && isWithin(scope, each.scope));
      if (!row || row.state === 'complete') return undefined;
      return { why: row.reason, detail: `${row.surface} of ${row.scope} was not read whole` };
    },
  };
}

const nobody: ReadonlySet<string> = new Set();
const none: Places = { list: [], isSorted: true };

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

function placeOf({ record: { kind, id, scope, name }, environments }: Subject): Place {
  return { kind, id, scope, name, environments };
}

/** Records that show one key may be many: they are sorted when they are first asked for, and stay so until there are more. */
type Places = { readonly list: Place[]; isSorted: boolean };

function sortedOnce(places: Places): readonly Place[] {
  if (!places.isSorted) {
    places.list.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0));
    places.isSorted = true;
  }
  return places.list;
}

function sortKey({ kind, scope, id }: Place): string {
  return `${kind}\n${scope}\n${id}`;
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
