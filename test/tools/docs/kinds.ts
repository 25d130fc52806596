import { connectors } from '../../../connectors/index.ts';
import { kindsOf } from '../../../src/collect/inventory-stream.ts';
import type { Pages } from './pages.ts';
import { code, generated, markdownTable } from './markdown.ts';

/** All kinds with the traits that policies match. */
export async function kindPage(): Promise<Pages> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const kinds = [...kindsOf(all).values()];
  const text = [
    generated('Kinds', 'the kinds declared in connectors/'),
    'Policies match these traits, never a list of kinds, so a new kind joins the policies that exist.\n\n',
    markdownTable(
      ['Kind', 'Title', 'Record', 'Expiry', 'Rotation', 'Proof'],
      kinds.map(({ id, title, record, traits }) => [code(id), title, record, traits.expiry, traits.rotation, traits.proof]),
    ),
    '\n## Revocation\n\nWhat must be seen before "revoked" may be said, and what outlives it.\n\n',
    markdownTable(
      ['Kind', 'Must be seen', 'Tokens live', 'Takes with it', 'Leaves behind'],
      kinds.map(({ id, traits }) => [
        code(id),
        traits.revocation.seen.join('; then '),
        traits.revocation.tokensLive ?? '-',
        traits.takesWith.join(', ') || '-',
        traits.leavesBehind.join(', ') || '-',
      ]),
    ),
  ].join('');
  return new Map([['docs/kinds.md', text]]);
}
