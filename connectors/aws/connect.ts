import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type Credentials, type Login, assumeRole, assumeRoot, logIn } from './login.ts';
import { type Member, type OrganizationSession, isLeft, openOrganization } from './organization.ts';
import { itemsOf } from './pages.ts';
import { regionPlaces } from './region-session.ts';
import { type AwsSession, openAccount } from './session.ts';
import type { AccountSettings, OrganizationSettings, Settings } from './settings.ts';

/** What is asked to get into the accounts of an organisation; the second only where the settings say so. */
export const memberDiscovery = [
  { call: 'sts:AssumeRole', permission: 'sts:AssumeRole', level: 'organization' },
  { call: 'sts:AssumeRoot', permission: 'sts:AssumeRoot', level: 'organization' },
] as const;

/** An account to look at: how to get in, and how to be its root user where that is asked for. */
type Account = { readonly id: string; readonly credentials: Credentials; readonly root?: Credentials };

/** The account of the login, or those of the settings and of the organisation, each followed by its regions. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<AwsSession>> {
  const login = await logIn(settings, context);
  const { organization } = settings;
  const named = settings.accounts ?? (organization ? [] : [{ id: login.account }]);
  const accounts = named.map((account) => ({ id: account.id, credentials: credentialsFor(account, login) }));
  yield* placesOfAll(accounts, login);
  if (organization) yield* organizationPlaces(organization, new Set(accounts.map(({ id }) => id)), login);
}

/** The organisation, then its accounts as soon as they are listed and chosen; those that the settings name themselves come once. */
async function* organizationPlaces(
  settings: OrganizationSettings,
  named: ReadonlySet<string>,
  login: Login,
): AsyncGenerator<Place<AwsSession>> {
  const organization = await openOrganization(settings, login);
  yield { level: 'organization', scope: organization.scope, open: () => Promise.resolve(organization) };
  yield* placesOfAll(chosenAccounts(organization, named, settings, login), login);
}

async function* chosenAccounts(
  { members }: OrganizationSession,
  named: ReadonlySet<string>,
  settings: OrganizationSettings,
  login: Login,
): AsyncGenerator<Account> {
  for await (const { member, choice } of itemsOf(members)) {
    const chosen = await choice;
    if (isLeft(chosen) || named.has(member.id)) continue;
    yield chosen.state === 'undecided' ? closed(member, chosen.error) : memberAccount(member, settings, login);
  }
}

/** That it should be looked at could not be learned: nobody gets in, and every surface of it says why. */
function closed({ id }: Member, error: unknown): Account {
  return {
    id,
    async credentials() {
      throw error;
    },
  };
}

function memberAccount(member: Member, { role, externalId, sessionName, assumeRoot: asRoot }: OrganizationSettings, login: Login): Account {
  const assuming = { role, ...(externalId === undefined ? {} : { externalId }), ...(sessionName === undefined ? {} : { sessionName }) };
  const credentials = credentialsFor({ id: member.id, ...(member.id === login.account ? {} : assuming) }, login);
  return asRoot === true && !member.isManagement
    ? { id: member.id, credentials, root: assumeRoot(member.id, login) }
    : { id: member.id, credentials };
}

/** The regions of an account may have to be asked for: that of some accounts is done ahead. */
async function* placesOfAll(accounts: Iterable<Account> | AsyncIterable<Account>, login: Login): AsyncGenerator<Place<AwsSession>> {
  let end: { readonly error: unknown } | undefined;
  const listed = untilRefused(accounts, (error) => {
    end = { error };
  });
  for await (const places of fanOut(listed, accountsAhead, (account) => Array.fromAsync(placesOf(account, login)))) yield* places;
  if (end) throw end.error;
}

/** The accounts that were listed before the listing broke off are looked at all the same. */
async function* untilRefused<T>(items: Iterable<T> | AsyncIterable<T>, onRefused: (error: unknown) => void): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    onRefused(error);
  }
}

const accountsAhead = 10;

async function* placesOf({ id, credentials, root }: Account, login: Login): AsyncGenerator<Place<AwsSession>> {
  const scope = `account/${id}`;
  yield { level: 'account', scope, open: () => openAccount(scope, { credentials, ...(root ? { root } : {}), login }) };
  yield* regionPlaces({ id, credentials }, login);
}

function credentialsFor({ id, role, ...options }: AccountSettings, login: Login): Credentials {
  if (role === undefined && id === login.account) return login.credentials;
  if (role === undefined) {
    throw new OperatorError('config-invalid', {
      message: `account ${id} is not the account of the login (${login.account}), and names no role`,
      hint: 'add `role` to the account under connectors.aws.accounts',
    });
  }
  const arn = role.startsWith('arn:') ? role : `arn:${login.partition}:iam::${id}:role/${role}`;
  if (arn.split(':')[4] !== id)
    throw new OperatorError('config-invalid', { message: `account ${id} names a role of another account: ${arn}` });
  return assumeRole({ arn, ...options }, login);
}
