import { type Credential, credential } from '../model/credential.ts';
import { milliseconds } from '../model/duration.ts';
import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Severity } from '../model/finding.ts';
import { grant } from '../model/grant.ts';
import { identity } from '../model/identity.ts';
import { type Instant, epoch, instant } from '../model/instant.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Kind } from '../model/kind.ts';
import { OperatorError } from '../model/operator-error.ts';
import type { OwnerState, Subject } from '../model/subject.ts';
import { type Outcome, type Verdict, notApplicable } from '../model/verdict.ts';
import type { WaiverState } from '../model/waiver.ts';
import { compile } from './compile.ts';
import { type Example, type GivenSubject, type GivenWaiver, type Policy, isWaiverGiven } from './policy.ts';

export type ExampleResult = {
  readonly policy: string;
  readonly example: Example;
  readonly actual: Outcome;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** The outcome, and the severity where the example names one, are as expected. */
  readonly isAsExpected: boolean;
};

/** Judges what an example gives with the policy alone. A subject that the policy does not mean is not-applicable. */
export function runExample(policy: Policy, example: Example, kinds: ReadonlyMap<string, Kind>, now: number): ExampleResult {
  const judge = compile([{ ...policy, disabled: false }], new Map());
  const { given } = example;
  const judgements = isWaiverGiven(given)
    ? judge.judgeWaiver(waiverOf(given, now), now)
    : judge.judge(subjectOf(policy, given, kinds, now), now);
  const [judgement] = judgements;
  const verdict = judgement?.verdict ?? notApplicable;
  const severity = judgement?.severity ?? policy.severity;
  const isAsExpected = verdict.outcome === example.expect && (example.severity === undefined || example.severity === severity);
  return { policy: policy.id, example, actual: verdict.outcome, verdict, severity, isAsExpected };
}

const anyTraits: Kind['traits'] = {
  expiry: 'optional',
  rotation: 'replace',
  proof: 'bearer',
  revocation: { seen: ['deleted'], tokensLive: null },
  takesWith: [],
  leavesBehind: [],
};

function kindOf({ subject, source, id }: Policy, given: GivenSubject, kinds: ReadonlyMap<string, Kind>): Kind {
  if (given.kind === undefined) {
    const record = subject === 'waiver' ? 'credential' : subject;
    return { id: `example.${record}`, title: `Any ${record}`, record, proves: 'an example', traits: { ...anyTraits, ...given.traits } };
  }
  const kind = kinds.get(given.kind);
  if (kind) return kind;
  throw new OperatorError('policy-invalid', {
    message: `an example of ${id} gives a kind that no connector has: ${given.kind}`,
    position: { file: source },
  });
}

function subjectOf(policy: Policy, given: GivenSubject, kinds: ReadonlyMap<string, Kind>, now: number): Subject {
  const kind = kindOf(policy, given, kinds);
  const time = (text: string) => timeAt(text, now);
  const source = 'example';
  return {
    record: recordOf(kind, given, now),
    kind,
    owners: (given.owners === 'unknown' ? [] : (given.owners ?? [])).map(
      ({ ref, role = 'technical', state = 'active', status, person }) => ({
        claim: { role, ref, by: 'example' },
        state: state as OwnerState,
        source,
        ...(status === undefined ? {} : { status }),
        ...(person === undefined ? {} : { person }),
      }),
    ),
    workload: linked(given.workload, ({ lifecycle }) => ({ id: 'component:default/example', name: 'example', lifecycle, source })),
    vendor: linked(given.vendor, ({ endsAt }) => ({
      id: 'example',
      name: 'Example',
      source,
      ...(endsAt === undefined ? {} : { endsAt: time(endsAt) }),
    })),
    purpose: unknown('not-looked'),
    siblings: (given.siblings ?? []).map((each, index) => siblingOf(kind, each, index, now)),
  };
}

function siblingOf(kind: Kind, given: NonNullable<GivenSubject['siblings']>[number], index: number, now: number): Credential {
  return credential({ ...plain(kind, `sibling-${String(index + 1)}`, given), ...sharedFacts(given, now), ...credentialFacts(given, now) });
}

function recordOf(kind: Kind, given: GivenSubject, now: number): InventoryRecord {
  const ownersUnknown = given.owners === 'unknown' ? { ownersUnknown: unknown('not-offered') } : {};
  const shared = { ...plain(kind, given.name ?? 'example', given), ...sharedFacts(given, now), ...ownersUnknown };
  if (kind.record === 'identity') return identity(shared);
  if (kind.record === 'grant') return grant({ ...shared, identity: unknown('not-looked'), permission: unknown('not-looked') });
  return credential({ ...shared, ...credentialFacts(given, now) });
}

function plain(
  kind: Kind,
  name: string,
  { scope = 'account/111122223333', status = 'active', managedBy = 'customer', tags = {} }: GivenSubject,
) {
  const provider = kind.id.split('.')[0] ?? kind.id;
  return { id: name, kind: kind.id, provider, scope, name, status, managedBy, owners: [], tags, evidence: [], details: {} };
}

function sharedFacts(given: GivenSubject, now: number) {
  return {
    createdAt: factAt(given.createdAt, undefined, now),
    lastUsedAt: factAt(given.lastUsedAt, given.watchedSince, now),
    expiresAt: factAt(given.expiresAt, undefined, now),
    privilege: given.privilege === undefined || given.privilege === 'unknown' ? unknown('not-offered') : known(given.privilege),
    purpose: unknown('not-looked'),
  };
}

function credentialFacts(given: GivenSubject, now: number) {
  const notLooked = unknown('not-looked');
  const rotatedAt = factAt(given.rotatedAt, undefined, now);
  return {
    rotatedAt,
    ...(given.rotationDueAt === undefined ? {} : { rotationDueAt: factAt(given.rotationDueAt, undefined, now) }),
    notBefore: factAt(given.notBefore, undefined, now),
    identity: notLooked,
    fingerprint: notLooked,
    consumers: notLooked,
  };
}

function factAt(text: string | undefined, since: string | undefined, now: number): Fact<Instant> {
  if (text === undefined) return unknown('not-looked');
  if (text === 'unknown') return unknown('not-offered');
  if (text === 'never' || text === 'none') return absent(since === undefined ? undefined : timeAt(since, now));
  return known(timeAt(text, now));
}

function linked<G, T>(given: 'unknown' | G | undefined, make: (given: G) => T): Fact<T> {
  if (given === undefined) return absent();
  return given === 'unknown' ? unknown('no-source') : known(make(given));
}

/** `91d ago`, `in 30d` or an ISO moment. */
function timeAt(text: string, now: number): Instant {
  const [, past] = /^(\d{1,6}[mhdw]) ago$/.exec(text) ?? [];
  const [, future] = /^in (\d{1,6}[mhdw])$/.exec(text) ?? [];
  const at =
    past !== undefined ? instant(now - milliseconds(past)) : future !== undefined ? instant(now + milliseconds(future)) : instant(text);
  if (at === undefined)
    throw new OperatorError('policy-invalid', {
      message: `an example gives a time that is none: ${text}`,
      hint: 'such as 91d ago, in 30d, never, unknown',
    });
  return at;
}

function waiverOf({ waiver: state, expires = 'in 30d', problem = 'approved by its requester' }: GivenWaiver, now: number): WaiverState {
  const expiresAt = timeAt(expires, now);
  const waiver = {
    id: 'W-1',
    policy: 'rotation/long-lived-credential',
    subject: { id: 'example' },
    reason: 'an example',
    requester: 'dana.okafor@larkspur.example',
    approver: 'priya.nair@larkspur.example',
    granted: timeAt('60d ago', now),
    expires: expiresAt,
    source: 'example',
  };
  if (state === 'invalid') return { waiver, state, problem };
  return state === 'expired' ? { waiver, state, past: now - epoch(expiresAt) } : { waiver, state };
}
