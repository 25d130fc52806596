import { didYouMean } from '../document/suggest.ts';
import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Kind } from '../model/kind.ts';
import { OperatorError } from '../model/operator-error.ts';
import type { Scope } from '../model/scope.ts';
import type { Sources } from '../model/source.ts';
import type { Subject } from '../model/subject.ts';
import { type Around, claimsOf } from './claims.ts';
import { type OwnerConventions, tagged } from './conventions.ts';
import { declaredPrivilegeOf, quarantineOf } from './declared.ts';
import { environmentsOf } from './environment.ts';
import { openIdentityIndex } from './identity-index.ts';
import type { OwnerEvidence } from './owner-evidence.ts';
import { openOwnerResolver } from './owner-resolution.ts';
import { openPersonMatcher } from './person-match.ts';
import { purposeOf } from './purpose.ts';
import { openRepositoryMatcher } from './repository-match.ts';
import { type ScopeIndex, openScopeIndex } from './scope-index.ts';
import { bundles, siblingsIn } from './siblings.ts';
import { openVendorMatcher } from './vendor-match.ts';
import { openWorkloadMatcher } from './workload-match.ts';

export type ReconcileContext = {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly sources: Sources;
  readonly conventions: OwnerConventions;
  /** Whose word on owners counts, in which order; by default everybody's. */
  readonly ownerEvidence?: readonly OwnerEvidence[] | undefined;
};

/**
 * Inventory x sources -> subjects, in the order of the inventory. Identities and scopes stay in memory, credentials pass.
 * Throws OperatorError `kind-unknown` for a kind that nobody declared.
 */
export async function* reconcile(
  records: AsyncIterable<InventoryRecord | Scope> | Iterable<InventoryRecord | Scope>,
  { kinds, sources, conventions, ownerEvidence }: ReconcileContext,
): AsyncGenerator<Subject> {
  const identities = openIdentityIndex(kinds);
  const scopes = openScopeIndex();
  const join = openJoin(sources, conventions, ownerEvidence);
  for await (const bundle of bundles(without(scopes, records))) {
    for (const record of bundle) {
      if (record.record === 'identity') identities.add(record);
      const identity = identities.of(record);
      const around = { identity, scopes: scopes.around(record) };
      yield {
        record,
        kind: declared(record.kind, kinds),
        ...(identity ? { identity, ...kindOfIdentity(identity, kinds) } : {}),
        ...(around.scopes.length > 0 ? { scopes: around.scopes } : {}),
        ...join(record, around),
        siblings: siblingsIn(bundle, record),
      };
    }
  }
}

/** The records, with the scopes among them put on the index. */
async function* without(
  scopes: ScopeIndex,
  records: AsyncIterable<InventoryRecord | Scope> | Iterable<InventoryRecord | Scope>,
): AsyncGenerator<InventoryRecord> {
  for await (const record of records) {
    if (record.record === 'scope') scopes.add(record);
    else yield record;
  }
}

type Joined = Omit<Subject, 'record' | 'kind' | 'identity' | 'identityKind' | 'scopes' | 'siblings'>;

/** What the sources and conventions add to a record. */
function openJoin(sources: Sources, conventions: OwnerConventions, ownerEvidence: ReconcileContext['ownerEvidence']) {
  const resolve = openOwnerResolver(sources);
  const findWorkload = openWorkloadMatcher(sources.workloads);
  const findVendor = openVendorMatcher(sources.vendors);
  const findPerson = openPersonMatcher(sources.people);
  const findRepository = openRepositoryMatcher(sources.codeowners);
  return (record: InventoryRecord, around: Around): Joined => {
    const { identity, scopes } = around;
    const workload = findWorkload(namedIn(record, identity, conventions.workload));
    const vendor = findVendor(namedIn(record, identity, conventions.vendor), record, identity);
    const named = { workload: workload.named, vendor: vendor.named, repository: findRepository(record) };
    return {
      owners: claimsOf(record, around, named, conventions, ownerEvidence).map(resolve),
      workload: workload.fact,
      vendor: vendor.fact,
      purpose: purposeOf(record, identity, conventions.purpose),
      person: findPerson(record, identity),
      environments: environmentsOf(record, identity, scopes, conventions.environment),
      declaredPrivilege: declaredPrivilegeOf(record, identity, conventions.privilege),
      quarantine: quarantineOf(record, conventions),
    };
  };
}

function namedIn(record: InventoryRecord, identity: Identity | undefined, names: readonly string[]): string | undefined {
  return tagged(record.tags, names)[0]?.value ?? (identity ? tagged(identity.tags, names)[0]?.value : undefined);
}

/** Left out for a kind that nobody declares: its own record is refused, wherever it stands. */
function kindOfIdentity({ kind: id }: Identity, kinds: ReadonlyMap<string, Kind>): Pick<Subject, 'identityKind'> {
  const identityKind = kinds.get(id);
  return identityKind ? { identityKind } : {};
}

function declared(id: string, kinds: ReadonlyMap<string, Kind>): Kind {
  const kind = kinds.get(id);
  if (kind) return kind;
  throw new OperatorError('kind-unknown', {
    message: `the inventory holds kind ${id}, which nobody declares`,
    hint: didYouMean(id, [...kinds.keys()]),
  });
}
