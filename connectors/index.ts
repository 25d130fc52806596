import type { Connector } from '../src/connector/contract.ts';

/** Every connector, loaded only when it is asked for. The folder list and these keys are the same; a law test holds them so. */
export const connectors = {
  aws: async () => (await import('./aws/index.ts')).aws as Connector,
  azure: async () => (await import('./azure/index.ts')).azure as Connector,
  gcp: async () => (await import('./gcp/index.ts')).gcp as Connector,
  github: async () => (await import('./github/index.ts')).github as Connector,
} satisfies Record<string, () => Promise<Connector>>;
