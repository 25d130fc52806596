import type { Remedy } from './remedy.ts';

/** A sort of credential or identity, declared as data beside the surface that lists it. Policies match traits, never ids alone. */
export type Kind = {
  /** `<provider>.<noun>`, such as `aws.iam_access_key`. */
  readonly id: string;
  readonly title: string;
  readonly record: 'identity' | 'credential' | 'grant';
  /** One sentence: what holding it lets you do. */
  readonly proves: string;
  readonly traits: Traits;
  readonly remedy?: Remedy;
};

export type Traits = {
  /** Whether the provider can end it by date. */
  readonly expiry: 'never' | 'optional' | 'always';
  /** How its secret is renewed: a new object, a new value in place, by the provider, or not at all. */
  readonly rotation: 'replace' | 'in-place' | 'automatic' | 'none';
  /** What showing it takes: the value, a private key that never travels, or another issuer's word. `none` for an identity. */
  readonly proof: 'bearer' | 'possession' | 'federated' | 'none';
  /** Who is meant to act as it or to show it, where the kind itself says so: a console password is a person's. */
  readonly actor?: 'person' | 'workload';
  readonly revocation: {
    /** What must be seen before "revoked" may be said, in order. */
    readonly seen: readonly string[];
    /** How long tokens made from it live on, such as `36h`; null where none are. */
    readonly tokensLive: string | null;
  };
  /** Kinds that disappear together with it. */
  readonly takesWith: readonly string[];
  /** Kinds that go on working after it is gone. */
  readonly leavesBehind: readonly string[];
};

export function defineKind<const K extends Kind>(kind: K): K {
  return kind;
}
