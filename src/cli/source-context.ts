import type { ConnectContext } from '../connector/contract.ts';
import type { FoundConfig } from './config/config.ts';
import type { Host } from './host.ts';
import { type NetworkChoice, openNetwork } from './network.ts';

/** Folder of recorded traffic with what sources answered. */
export const sourceTraffic = 'sources';

/** The network for sources in a run without connectors. */
export async function liveSourceContext(
  choice: Omit<NetworkChoice, 'folder'>,
  { folder }: FoundConfig,
  host: Host,
): Promise<ConnectContext> {
  const network = await openNetwork({ ...choice, folder }, [sourceTraffic], host, new AbortController());
  return network.context(sourceTraffic, host.signal);
}
