import type { Fact } from '../model/fact.ts';
import type { Instant } from '../model/instant.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Kind } from '../model/kind.ts';
import type { Scope } from '../model/scope.ts';
import type { Budget } from './pace.ts';
import type { Refusal } from './refusal.ts';
import type { Wire, WireRequest } from './wire.ts';

/**
 * What a connector is: a provider adapter made of declarations and surfaces. Declarations (`id` … `blindSpots`) are data and load
 * no SDK; `connect` and `list` import it when they are first called.
 */
export interface Connector<Session = unknown, Settings = unknown> {
  readonly id: string;
  readonly title: string;
  /** JSON Schema (draft-07, an object without additional properties) of `connectors.<id>` in `overdue.yaml`. */
  readonly settings: object;
  /** Settings that list what to look at: there alone a longer list asks for more. A change of any other may ask for less. */
  readonly places?: readonly string[];
  /** Environment variables it reads, for help and docs. */
  readonly environment: readonly { readonly name: string; readonly meaning: string }[];
  readonly surfaces: readonly Surface<Session>[];
  /** What `connect` may ask to find the places of a level, beyond its login: only where the settings want it. */
  readonly discovery?: readonly (Operation & { readonly level: string })[];
  /** What this provider's API can never show. Printed by every run. */
  readonly blindSpots: readonly BlindSpot[];
  /** The provider's own document (policy JSON, role, manifest) that grants exactly `permissions`. */
  permissionDocument(permissions: readonly string[]): string;
  /**
   * Logs in and yields the places to look at, each as soon as it is known. Throws OperatorError when there is no usable login;
   * a place that turns out closed is not an error here: its `open` rejects, and becomes a coverage row.
   */
  connect(settings: Settings, context: ConnectContext): AsyncIterable<Place<Session>>;
  /**
   * Those of the permissions that the login is known to lack, out of what it says of itself and before anything is asked. Only for a word
   * of advice: what is asked may be answered all the same. Undefined, or left out: it does not say.
   */
  lacking?(session: Session, permissions: readonly string[]): Promise<readonly string[] | undefined>;
  /** Names a provider's refusal. Undefined: not a refusal, so a bug of ours, which is rethrown. */
  classify(error: unknown): Refusal | undefined;
  /** Names the declared call behind a request on the wire, to count calls and to prove that nothing else is asked; '' for a login. */
  operationOf(request: WireRequest): string;
}

/** One scope that surfaces of its level enumerate. */
export type Place<Session> = {
  /** Which surfaces run here: those with the same `level`. */
  readonly level: string;
  /** `<type>/<id>`: `account/111122223333`, `account/111122223333/eu-west-1`, `tenant/…`, `project/…`, `organization/…`. */
  readonly scope: string;
  /** Called once, before the first surface; all surfaces of the place share the session. */
  open(): Promise<Session>;
};

/** One enumerable place in a provider. A file each; this declaration feeds help, docs, permissions, coverage and tests. */
export interface Surface<Session, Raw = unknown> {
  /** `<connector>.<place>`, the file's name with dots: `aws.iam_access_key`. */
  readonly id: string;
  readonly title: string;
  /** The API page it is written from. */
  readonly source: string;
  readonly level: string;
  readonly kinds: readonly SurfaceKind[];
  readonly operations: readonly Operation[];
  /**
   * Pages of raw items, no judgement. Identities come before their credentials, and the credentials of one identity together.
   * A refusal thrown here ends the surface as partial or denied; what was already yielded stays.
   */
  list(session: Session, look: Look): AsyncIterable<readonly Raw[]>;
  /** Pure. Throws MalformedError for an item it cannot read, which makes the surface partial; never drops one in silence. */
  normalize(item: Raw, seen: Seen<Session>): readonly (InventoryRecord | Scope)[];
}

/** `normalize` takes what its own `list` yields; the maker keeps that typed and forgets it for the registry. */
export function defineSurface<Session, Raw>(surface: Surface<Session, Raw>): Surface<Session> {
  return surface;
}

export type SurfaceKind = {
  readonly kind: Kind;
  /** What this place can and cannot tell. A fact that is left out is not offered. */
  readonly facts: Readonly<Partial<Record<FactName, Exposure>>>;
};
export type FactName =
  | 'createdAt'
  | 'rotatedAt'
  | 'rotationDueAt'
  | 'lastUsedAt'
  | 'expiresAt'
  | 'statusSince'
  | 'notBefore'
  | 'purpose'
  | 'privilege'
  | 'fingerprint'
  | 'consumers'
  | 'owner';
/** exposed = the API has it; never = the API says there is none; from-tags = by the customer's convention; not-offered = nobody can tell. */
export type Exposure = 'exposed' | 'never' | 'from-tags' | 'not-offered';

export type Operation = {
  /** The provider's name of the call: `iam:ListAccessKeys`, `GET /v1.0/applications`. */
  readonly call: string;
  /** The permission it needs, as the provider names it. */
  readonly permission: string;
  /** Set where a refusal costs only these facts, not the surface. */
  readonly facts?: readonly FactName[];
  /** The provider's own names, in its answer, of what facts are read from; of several the first that is there, or the latest. */
  readonly fields?: ProviderFields;
};
export type ProviderFields = Readonly<Partial<Record<FactName | 'status', string | readonly string[]>>>;

export type BlindSpot = { readonly surface: string; readonly detail: string };

/** What `connect` is given: the only way to the network, the clock and the environment. */
export type ConnectContext = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  now(): Instant;
  /** A wire of its own for each provider API and scope, held to its budget. */
  wire(budget: Budget): Wire;
  /** For a provider's own waiting rooms, such as a report that is still being made. Rejects when the run is stopped. */
  sleep(milliseconds: number): Promise<void>;
  /** A file that the settings name, such as a private key; relative to the configuration. Throws OperatorError when it cannot be read. */
  readFile?(path: string): Promise<string>;
  /** True when recorded traffic is served: log in with placeholders, ask no token endpoint. */
  readonly replaying: boolean;
};

/** What `list` is given. */
export type Look = {
  readonly signal: AbortSignal;
  now(): Instant;
  /** A part of this place that could not be read (one vault, one repository): its own coverage row; the place becomes partial. */
  gap(scope: string, error: unknown): void;
  /** A part of this place that is closed for everybody, or that the settings leave out: its own coverage row; the place stays whole. */
  leave(scope: string, state: 'not-enabled' | 'skipped', detail: string): void;
  /** Said on the row of this place: that somebody else told of it, as of when. The place stays whole. */
  remark(detail: string): void;
  /** A detail call: a refusal makes the fact unknown, not the surface. Our bugs pass through. */
  learn<T>(read: () => Promise<Fact<T>>): Promise<Fact<T>>;
};

export type Seen<Session> = { readonly session: Session; readonly observedAt: Instant };
