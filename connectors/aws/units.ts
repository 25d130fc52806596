import type { Organizations } from '@aws-sdk/client-organizations';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html

/** Five levels of units, the root and the account: an answer that goes deeper goes round. */
const deepest = 7;

/** Ids of the units above an account, up to the root: from its path, or asked for from parent to parent, each unit once. */
export function openUnits(client: Pick<Organizations, 'listParents'>, signal: AbortSignal) {
  const asked = new Map<string, Promise<readonly string[]>>();

  async function ask(child: string, depth: number): Promise<readonly string[]> {
    if (depth > deepest) throw new MalformedError(`organisational units without end above ${child}`);
    const { Parents } = await client.listParents({ ChildId: child }, { abortSignal: signal });
    const [parent] = required(Parents, 'Parents');
    const id = required(parent?.Id, 'a parent');
    return parent?.Type === 'ROOT' ? [id] : [id, ...(await above(id, depth + 1))];
  }

  function above(child: string, depth = 1): Promise<readonly string[]> {
    const before = asked.get(child);
    if (before) return before;
    const units = ask(child, depth);
    asked.set(child, units);
    return units;
  }

  return ({ id, path }: { readonly id: string; readonly path: string | undefined }): Promise<readonly string[]> =>
    path === undefined ? above(id) : Promise.resolve(path.split('/').filter((part) => /^(?:r|ou)-/.test(part)));
}
