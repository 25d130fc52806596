import type { Place } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { RegionsUnreadError, enabledRegions } from './enabled-regions.ts';
import type { Credentials, Login } from './login.ts';
import { classify } from './refusal.ts';
import { type Service, serviceOf } from './service-clients.ts';

/** The regional services of one region of an account. */
export type RegionSession = {
  readonly scope: string;
  readonly account: string;
  /** `aws`, `aws-us-gov`, `aws-cn` … */
  readonly partition: string;
  readonly region: string;
  /** All that this run looks at in the account. */
  readonly regions: readonly string[];
  readonly service: Service;
  /** The services of another region, for what only that one knows. */
  elsewhere(region: string): Service;
};

/** What is asked to find the regions, where the settings want all of them. */
export const regionDiscovery = { call: 'account:ListRegions', permission: 'account:ListRegions', level: 'region' } as const;

type Account = { readonly id: string; readonly credentials: Credentials };

/**
 * The regions of one account: those of the settings, else that of the login. For `all` the account is asked which it has switched on;
 * where it does not say, the region of the login is looked at and the others are one place that nobody can open.
 */
export async function* regionPlaces(account: Account, login: Login): AsyncGenerator<Place<RegionSession>> {
  const { regions, unread } = await regionsOf(account, login);
  for (const region of regions) {
    const scope = `account/${account.id}/${region}`;
    yield { level: 'region', scope, open: () => openRegion({ scope, region, regions, account, login }) };
  }
  if (unread) yield { level: 'region', scope: `account/${account.id}/other-regions`, open: () => Promise.reject(unread) };
}

type Regions = { readonly regions: readonly string[]; readonly unread?: Error };

async function regionsOf({ id, credentials }: Account, login: Login): Promise<Regions> {
  const { regions } = login.settings;
  if (regions !== 'all') return { regions: regions ?? [login.region] };
  const home = [login.region];
  // An account that lets nobody in says so once, where it is opened.
  if (!(await isOpen(credentials))) return { regions: home };
  const service = serviceOf(`account/${id}`, login.region, credentials, login);
  try {
    const enabled = await enabledRegions(service, login.context.signal);
    if (enabled.length > 0) return { regions: enabled };
    throw new MalformedError('an account without a single region');
  } catch (error) {
    if (login.context.signal.aborted || !classify(error)) throw error;
    return { regions: home, unread: new RegionsUnreadError(`only ${login.region} is looked at`, { cause: error }) };
  }
}

function isOpen(credentials: Credentials): Promise<boolean> {
  return credentials().then(
    () => true,
    () => false,
  );
}

type RegionPlace = Pick<RegionSession, 'scope' | 'region' | 'regions'> & { readonly account: Account; readonly login: Login };

async function openRegion({ scope, region, regions, account, login }: RegionPlace): Promise<RegionSession> {
  await account.credentials();
  const made = new Map<string, Service>();
  const elsewhere = (other: string): Service => {
    const service = made.get(other) ?? serviceOf(scope, other, account.credentials, login);
    made.set(other, service);
    return service;
  };
  return { scope, account: account.id, partition: login.partition, region, regions, service: elsewhere(region), elsewhere };
}
