// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-deleted-secrets/get-deleted-secrets
import type { DeletedCertificate } from '@azure/keyvault-certificates';
import type { DeletedKey } from '@azure/keyvault-keys';
import type { DeletedSecret } from '@azure/keyvault-secrets';
import type { Refusal } from '../../src/connector/refusal.ts';
import type { Vault } from './key-vault.ts';
import { VaultClosedError } from './refusal.ts';
import type { Session } from './session.ts';
import type { VaultClients } from './vault-clients.ts';
import { type Listed, type Noun, fromVault, refusalOf, walked } from './vault-listing.ts';

/** What a vault has deleted and still keeps. Resource Manager lists none of it. */
export type Deleted = Listed & { readonly noun: Noun; readonly deletedAt: unknown; readonly purgeAt: unknown };
type Dates = Pick<DeletedCertificate, 'deletedOn' | 'scheduledPurgeDate'>;
type Item = DeletedSecret | DeletedKey | DeletedCertificate;

const inVault: Readonly<Record<Noun, (clients: VaultClients, signal: AbortSignal) => Promise<AsyncIterator<readonly Item[]>>>> = {
  secrets: async (clients, abortSignal) => (await clients.secrets()).listDeletedSecrets({ abortSignal }).byPage(),
  keys: async (clients, abortSignal) => (await clients.keys()).listDeletedKeys({ abortSignal }).byPage(),
  certificates: async (clients, abortSignal) => (await clients.certificates()).listDeletedCertificates({ abortSignal }).byPage(),
};

type Listing = { readonly pages: readonly (readonly Deleted[])[]; readonly refused?: VaultClosedError };

/** Each noun may be refused alone; what is refused of one vault is one refusal, which names all that helps. */
export async function deletedIn(vault: Vault, nouns: readonly Noun[], session: Session, signal: AbortSignal): Promise<Listing> {
  const pages: Deleted[][] = [];
  const refusals: Refusal[] = [];
  for (const noun of nouns) {
    // A certificate is deleted together with its key and secret, which the vault manages: without those there is none.
    if (noun === 'certificates' && refusals.length === 0 && !pages.flat().some(({ managed }) => managed === true)) continue;
    try {
      const found = await inVault[noun](session.vault(vault.url), signal);
      for await (const page of walked(found, ({ properties }) => properties.id, signal))
        pages.push(page.map((each) => deletedOf(each, vault, noun)));
    } catch (error) {
      refusals.push(refusalOf(error, { vault, noun }, signal));
    }
  }
  const [first] = refusals;
  if (!first) return { pages };
  const requires = [...new Set(refusals.flatMap((each) => each.requires ?? []))];
  const whole = requires.length === 0 ? first : { ...first, requires };
  return { pages, refused: new VaultClosedError(whole, 'Resource Manager lists nothing that is deleted') };
}

function deletedOf(each: Item, vault: Vault, noun: Noun): Deleted {
  const { properties } = each;
  const listed = fromVault(properties, vault, noun);
  // Keys have these dates among their properties, the others beside them.
  const dates: Dates | undefined = 'deletedOn' in each ? each : 'deletedOn' in properties ? properties : undefined;
  return { ...listed, noun, id: withoutVersion(listed.id), deletedAt: dates?.deletedOn, purgeAt: dates?.scheduledPurgeDate };
}

/** The id that it had, and will have again, in the list of what is not deleted. */
function withoutVersion(id: unknown): unknown {
  return typeof id === 'string' ? id.split('/').slice(0, 5).join('/') : id;
}
