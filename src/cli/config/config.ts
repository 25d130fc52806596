import type { Position } from '../../model/operator-error.ts';
import type { Gate } from '../../model/result.ts';
import type { OwnerConventions } from '../../reconcile/conventions.ts';
import type { OwnerEvidence } from '../../reconcile/owner-evidence.ts';
import type { SourcesSettings } from '../../sources/settings.ts';

/** What `overdue.yaml` may say. Paths in it are relative to its own folder. */
export type Config = {
  readonly connectors?: Readonly<Record<string, ConnectorConfig>>;
  readonly policies?: readonly string[];
  /** Framework files beside those that ship. */
  readonly frameworks?: readonly string[];
  readonly params?: Readonly<Record<string, ParameterValue>>;
  readonly sources?: SourcesSettings;
  readonly owners?: { readonly tags?: Partial<OwnerConventions>; readonly from?: readonly OwnerEvidence[] };
  readonly waivers?: readonly string[];
  readonly longestWaiver?: string;
  readonly gate?: Partial<Gate>;
};
export type ConnectorConfig = Readonly<Record<string, unknown>> & { readonly skip?: Readonly<Record<string, string>> };
export type ParameterValue = string | number | boolean | readonly string[];

/** A configuration and where it was found; `folder` is the working directory when there is no file. */
export type FoundConfig = {
  readonly config: Config;
  readonly file: string | undefined;
  readonly folder: string;
  /** Where a value stands, or its key, or the nearest parent that is there. */
  position(path: readonly (string | number)[]): Position;
};
