import type { Look, Operation } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { type Json, text } from './json.ts';
import { nameOf } from './key-vault.ts';
import { type ResourceType, servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

/** What Resource Graph does not hold, and is listed under each resource of a type. */
export type Children = {
  readonly type: ResourceType;
  /** Its last part of the address, as in `{registryId}/tokens`. */
  readonly noun: string;
  readonly version: string;
  readonly operation: Operation;
  /** Asked only where this says so. */
  readonly where?: (parent: Json) => boolean;
};
export type Child = { readonly parent: Json; readonly raw: Json; readonly operation: Operation };

const width = 8;

/** Pages of the children of all resources of a type. One resource that cannot be read is a gap, and leaves the others. */
export async function* childPages(session: Session, look: Look, children: Children): AsyncGenerator<readonly Child[]> {
  const { type, where = () => true } = children;
  for await (const parents of servicesOf(session, type)) {
    for await (const { parent, pages, refused } of fanOut(parents.filter(where), width, (each) =>
      childrenOf(each, session, look, children),
    )) {
      yield* pages;
      if (refused !== undefined) look.gap(`${type.split('/')[1] ?? type}/${nameOf(parent)}`, refused);
    }
  }
}

async function childrenOf(parent: Json, session: Session, look: Look, { noun, version, operation }: Children) {
  const pages: Child[][] = [];
  try {
    const manager = await session.resourceManager();
    const address = `${required(text(parent['id']), 'id')}/${noun}?api-version=${version}`;
    for await (const page of manager.pages(address, 'nextLink', look.signal)) pages.push(page.map((raw) => ({ parent, raw, operation })));
    return { parent, pages };
  } catch (error) {
    return { parent, pages, refused: error };
  }
}
