import type { Organizations } from '@aws-sdk/client-organizations';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html

/** The root and five levels of units: an answer that goes deeper goes round. */
const deepest = 6;

type Parent = { readonly id: string; readonly isRoot: boolean };

/** Ids of the units above an account, up to the root: from its path, or asked for from parent to parent, each unit once. */
export function openUnits(client: Pick<Organizations, 'listParents'>, signal: AbortSignal) {
  const asked = new Map<string, Promise<Parent>>();

  async function ask(child: string): Promise<Parent> {
    const { Parents } = await client.listParents({ ChildId: child }, { abortSignal: signal });
    const [parent] = required(Parents, 'Parents');
    return { id: required(parent?.Id, 'a parent'), isRoot: parent?.Type === 'ROOT' };
  }

  async function above(account: string): Promise<readonly string[]> {
    const units: string[] = [];
    for (let child = account; units.length < deepest; ) {
      const answer = asked.get(child) ?? ask(child);
      asked.set(child, answer);
      const { id, isRoot } = await answer;
      units.push(id);
      if (isRoot) return units;
      child = id;
    }
    throw new MalformedError(`organisational units without end above account ${account}`);
  }

  return ({ id, path }: { readonly id: string; readonly path: string | undefined }): Promise<readonly string[]> =>
    path === undefined ? above(id) : Promise.resolve(path.split('/').filter((part) => /^(?:r|ou)-/.test(part)));
}
