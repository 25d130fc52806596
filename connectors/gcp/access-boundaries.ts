import { sharedPages } from '../../src/connector/shared-pages.ts';
import type { Json } from './answer.ts';
import type { IamLibrary } from './iam-library.ts';
import { remembered } from './remembered.ts';

/** Principal access boundaries of the organisations that are read, each asked for once: Google answers five such questions a minute. */
export type AccessBoundaries = {
  /** As `organizations/620145873001`: of any other none is read. */
  readonly organizations: ReadonlySet<string>;
  /** The boundaries of `organizations/1`, page by page. */
  of(organization: string): AsyncIterable<readonly Json[]>;
  /** What binds one of them, by its resource name. */
  bindings(boundary: string): Promise<readonly Json[]>;
};

export function openAccessBoundaries(library: () => Promise<IamLibrary>, organizations: readonly string[]): AccessBoundaries {
  return {
    organizations: new Set(organizations.map((id) => `organizations/${id}`)),
    of: remembered((organization: string) => sharedPages(pagesOf(library, organization))),
    bindings: remembered(async (boundary: string) => (await Array.fromAsync((await library()).boundaryBindings(boundary))).flat()),
  };
}

async function* pagesOf(library: () => Promise<IamLibrary>, organization: string): AsyncGenerator<readonly Json[]> {
  yield* (await library()).boundaries(organization);
}
