import type { Connector } from '../src/connector/contract.ts';

type Load = () => Promise<Connector>;

/** Every connector, loaded only when it is asked for. The folder list and these keys are the same; a law test holds them so. */
export const connectors = {
  aws: async () => (await import('./aws/index.ts')).aws,
  azure: async () => (await import('./azure/index.ts')).azure,
  gcp: async () => (await import('./gcp/index.ts')).gcp,
  github: async () => (await import('./github/index.ts')).github,
} satisfies Record<string, Load> as Record<'aws' | 'azure' | 'gcp' | 'github', Load>;
