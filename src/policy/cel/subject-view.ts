import { Optional } from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import { type Fact, absent, known } from '../../model/fact.ts';
import { type Instant, epoch } from '../../model/instant.ts';
import { fact } from '../../model/record.ts';
import type { Subject } from '../../model/subject.ts';
import type { Missing } from '../../model/verdict.ts';
import { unreadOwners, unreadScopeOwners } from '../facts.ts';
import { type RecordName, type commonFields, fieldsOf, recordFacts } from './fields.ts';
import { Owner, Traits, Trust } from './parts.ts';
import { UnknownFact } from './unknown-fact.ts';

/** A subject as expressions see it. The library tells types by constructor, so that each sort of record has a class of its own. */
export class SubjectView {
  readonly subject: Subject;
  readonly now: number;
  /** What the expression asked for and nobody knows. */
  readonly missing: Missing[] = [];

  constructor(subject: Subject, now: number) {
    this.subject = subject;
    this.now = now;
  }

  /** The fact as an optional value: absent is none. Throws UnknownFact. */
  optional<T, V>(name: string, given: Fact<T>, convert: (value: T) => V): Optional<V> {
    if (given.state === 'absent') return Optional.none();
    if (given.state === 'known') return Optional.of(convert(given.value));
    const { state: _, ...why } = given;
    return this.refuse({ fact: name, ...why });
  }

  refuse(missing: Missing): never {
    this.missing.push(missing);
    throw new UnknownFact(missing);
  }
}

export class IdentityView extends SubjectView {}
export class CredentialView extends SubjectView {}
export class GrantView extends SubjectView {}
export const views = { identity: IdentityView, credential: CredentialView, grant: GrantView } as const;

type Reader = (view: SubjectView) => unknown;

const same = <T>(value: T): T => value;

const readers: { readonly [F in keyof typeof commonFields]: Reader } = {
  record: ({ subject }) => subject.record.record,
  id: ({ subject }) => subject.record.id,
  kind: ({ subject }) => subject.record.kind,
  provider: ({ subject }) => subject.record.provider,
  scope: ({ subject }) => subject.record.scope,
  name: ({ subject }) => subject.record.name,
  status: (view) => {
    const { status } = view.subject.record;
    return status === 'unknown' ? view.refuse({ fact: 'status', why: 'not-offered' }) : status;
  },
  managedBy: ({ subject }) => subject.record.managedBy,
  tags: ({ subject }) => new Map(Object.entries(subject.record.tags)),
  privileges: ({ subject }) => subject.record.privileges ?? [],
  traits: ({ subject }) => new Traits(subject.kind.traits),
  owners: (view) => {
    const { subject } = view;
    const unread = unreadOwners(subject) ?? (subject.owners.length === 0 ? unreadScopeOwners(subject) : undefined);
    const [missing] = unread?.outcome === 'unknown' ? unread.missing : [];
    return missing ? view.refuse(missing) : subject.owners.map((each) => new Owner(each));
  },
  trust: ({ subject: { record } }) => (record.record === 'grant' ? [] : (record.trust ?? [])).map((each) => new Trust(each)),
  purpose: (view) => view.optional('purpose', view.subject.purpose, same),
  person: (view) => view.optional('person', view.subject.person, ({ id }) => id),
  workload: (view) => view.optional('workload', view.subject.workload, ({ id }) => id),
  lifecycle: (view) => view.optional('workload', view.subject.workload, ({ lifecycle }) => lifecycle),
  vendor: (view) => view.optional('vendor', view.subject.vendor, ({ id }) => id),
  vendorEndsAt: (view) => {
    const { vendor } = view.subject;
    const end = vendor.state === 'known' ? (vendor.value.endsAt === undefined ? absent() : known(vendor.value.endsAt)) : vendor;
    return view.optional('vendor', end, moment);
  },
  environments: ({ subject }) => [...new Set(subject.environments.map(({ environment }) => environment))],
  declaredPrivilege: (view) => view.optional('declaredPrivilege', view.subject.declaredPrivilege, same),
  quarantineUntil: (view) => view.optional('quarantineUntil', view.subject.quarantine.until, moment),
  siblings: ({ subject }) => BigInt(subject.siblings.length),
  age: (view) => since(view, 'createdAt'),
  valueAge: (view) => since(view, 'rotatedAt'),
  idle: (view) => since(view, 'lastUsedAt'),
  timeLeft: (view) => view.optional('expiresAt', fact(view.subject.record, 'expiresAt'), (at) => length(epoch(at) - view.now)),
};

function since(view: SubjectView, field: 'createdAt' | 'rotatedAt' | 'lastUsedAt'): Optional<Duration> {
  return view.optional(field, factOf(view, field) as Fact<Instant>, (at) => length(view.now - epoch(at)));
}

function factOf({ subject: { record } }: SubjectView, field: string): Fact<unknown> {
  return fact<Readonly<Record<string, unknown>>, string>(record, field);
}

function moment(at: Instant): Date {
  return new Date(epoch(at));
}

function length(milliseconds: number): Duration {
  return Duration.fromMilliseconds(milliseconds);
}

const isMoment = (type: string): boolean => type.includes('Timestamp');

/** Fields are read only when the expression asks for them: what it does not ask for may be unknown. */
for (const record of Object.keys(views) as RecordName[]) {
  for (const name of Object.keys(fieldsOf(record))) {
    Object.defineProperty(views[record].prototype, name, { get: getterOf(record, name) });
  }
}

function getterOf(record: RecordName, name: string): (this: SubjectView) => unknown {
  const facts: Readonly<Record<string, string>> = recordFacts[record];
  const type = facts[name];
  if (type === undefined) {
    const read = readers[name as keyof typeof readers];
    return function get() {
      return read(this);
    };
  }
  const convert = isMoment(type) ? (value: unknown) => moment(value as Instant) : same;
  return function get() {
    return this.optional(name, factOf(this, name), convert);
  };
}
