import type { Connector } from '../connector/contract.ts';
import type { Instant } from '../model/instant.ts';
import type { Files } from './files.ts';

/** The machine, as the command line sees it: the only way to output, clock, environment and files' whereabouts. */
export type Host = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where configuration, policies, waivers and sources are read from. */
  readonly files: Files;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Instant;
  /** Aborts on the first interrupt. */
  readonly signal: AbortSignal;
  /** The installed package: policies, schemas and the demo company are below it. */
  readonly packageRoot: string;
  readonly version: string;
  readonly connectors: ConnectorRegistry;
};
export type Output = { readonly isTTY: boolean; readonly columns: number; write(text: string): Promise<void> };
export type ConnectorRegistry = Readonly<Record<string, () => Promise<Connector>>>;

export const tool = (host: Host) => ({ name: 'overdue', version: host.version });
