import type { EnvironmentClaim } from './environment.ts';
import type { Unknown } from './fact.ts';

/** A record, as far as others need to know of it. */
export type Place = {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
  readonly name: string;
  readonly environments: readonly EnvironmentClaim[];
};

/** What a whole run knows, once all of it was read, and no record alone: the same whatever the order of the records was. */
export type Run = {
  /** Every record that shows this public key, however its fingerprint is written; sorted. */
  showing(fingerprint: string): readonly Place[];
  /** The workloads that the credentials of an identity are named for; sorted. */
  workloadsOf(provider: string, identity: string): readonly string[];
  /** The kinds of records of a provider that accept the word of this issuer. */
  kindsTrusting(provider: string, issuer: string): ReadonlySet<string>;
  /** Whether a repository of GitHub, `organization/name`, is there. Undefined: nobody can tell. */
  hasRepository(name: string): boolean | undefined;
  /** Why a provider was not seen whole within this scope; undefined where it was. */
  blindness(provider: string, scope: string): Omit<Unknown, 'state'> | undefined;
};
