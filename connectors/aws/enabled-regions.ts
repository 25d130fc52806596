import { required } from '../../src/connector/item.ts';
import { pagesOf } from './pages.ts';
import type { Service } from './service-clients.ts';

// https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html

/** The regions could not be listed: only the one of the login is looked at, and the others get a row that says so. */
export class RegionsUnreadError extends Error {
  override readonly name = 'RegionsUnreadError';
}

/** Regions that the account has switched on, and those that are on for everybody, by name. One that is off holds nothing that works. */
export async function enabledRegions(service: Service, signal: AbortSignal): Promise<readonly string[]> {
  const { AccountClient, ListRegionsCommand } = await import('@aws-sdk/client-account');
  const account = await service(() => Promise.resolve(AccountClient));
  const pages = pagesOf('Regions', async (token) => {
    const { Regions, NextToken } = await account.send(
      new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'], MaxResults: 50, NextToken: token }),
      { abortSignal: signal },
    );
    return { items: Regions?.map(({ RegionName }) => required(RegionName, 'RegionName')), next: NextToken };
  });
  const names: string[] = [];
  for await (const page of pages) names.push(...page);
  return names.toSorted();
}
