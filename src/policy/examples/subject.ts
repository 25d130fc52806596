import { type Fact, absent, known, unknown } from '../../model/fact.ts';
import type { Kind } from '../../model/kind.ts';
import { OperatorError } from '../../model/operator-error.ts';
import type { ResolvedOwner, Subject } from '../../model/subject.ts';
import type { GivenOwner, GivenSubject } from '../example.ts';
import type { Policy } from '../policy.ts';
import { identityOf, personOf } from './identity.ts';
import { recordOf, siblingOf, textFact } from './record.ts';
import { factAt, timeAt } from './time.ts';

const source = 'example';

const anyTraits: Kind['traits'] = {
  expiry: 'optional',
  rotation: 'replace',
  proof: 'bearer',
  revocation: { seen: ['deleted'], tokensLive: null },
  takesWith: [],
  leavesBehind: [],
};

/** The subject that an example gives. Throws OperatorError for a kind that is not among `kinds`. */
export function subjectOf(policy: Policy, given: GivenSubject, kinds: ReadonlyMap<string, Kind>, now: number): Subject {
  const kind = kindOf(policy, given, kinds);
  return {
    record: recordOf(kind, given, now),
    kind,
    owners: (given.owners === 'unknown' ? [] : (given.owners ?? [])).map(ownerOf),
    workload: linked(given.workload, ({ lifecycle }) => ({ id: 'component:default/example', name: 'example', lifecycle, source })),
    vendor: linked(given.vendor, ({ endsAt }) => ({
      id: 'example',
      name: 'Example',
      source,
      ...(endsAt === undefined ? {} : { endsAt: timeAt(endsAt, now) }),
    })),
    purpose: textFact(given.purpose),
    ...identityOf(kind, given),
    ...declaredOf(given, now),
    siblings: (given.siblings ?? []).map((each, index) => siblingOf(kind, each, index, now)),
  };
}

function kindOf({ subject, source: file, id }: Policy, given: GivenSubject, kinds: ReadonlyMap<string, Kind>): Kind {
  if (given.kind === undefined) {
    const record = subject === 'identity' || subject === 'grant' ? subject : 'credential';
    return { id: `example.${record}`, title: `Any ${record}`, record, proves: 'an example', traits: { ...anyTraits, ...given.traits } };
  }
  const kind = kinds.get(given.kind);
  if (kind) return kind;
  throw new OperatorError('policy-invalid', {
    message: `an example of ${id} gives a kind that no connector has: ${given.kind}`,
    position: { file },
  });
}

function ownerOf({
  ref,
  role = 'technical',
  state = 'active',
  by = 'tag owner',
  address = `${ref}@larkspur.example`,
  ...rest
}: GivenOwner): ResolvedOwner {
  const { status, person, group, control, members } = rest;
  return {
    claim: { role, ref, by, ...(control === undefined ? {} : { control }) },
    state,
    source,
    ...(status === undefined ? {} : { status }),
    ...(person === undefined ? {} : { person }),
    ...(group === undefined ? {} : { group }),
    ...(members === undefined ? {} : { holds: new Set(members) }),
    ...(address === 'none' || state !== 'active' ? {} : { address }),
  };
}

/** What tags and the roster would say. */
function declaredOf(given: GivenSubject, now: number): Pick<Subject, 'person' | 'environments' | 'declaredPrivilege' | 'quarantine'> {
  const { environments = [], declaredPrivilege } = given;
  return {
    person: personOf(given),
    environments: environments.map((environment) => ({ environment, said: environment, by: 'tag environment' })),
    declaredPrivilege: declaredFact(declaredPrivilege),
    quarantine: {
      since: factAt(given.statusSince, undefined, now),
      until: given.quarantineUntil === undefined ? absent() : factAt(given.quarantineUntil, undefined, now),
    },
  };
}

/** `none` is a level: that nobody declares one is said by leaving it out. */
function declaredFact(given: GivenSubject['declaredPrivilege']): Subject['declaredPrivilege'] {
  if (given === undefined) return absent();
  return given === 'unknown' ? unknown('malformed-response') : known(given);
}

function linked<G, T>(given: 'unknown' | G | undefined, make: (given: G) => T): Fact<T> {
  if (given === undefined) return absent();
  return given === 'unknown' ? unknown('no-source') : known(make(given));
}
