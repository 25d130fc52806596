import type { v2 } from '@google-cloud/iam';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, objectOf } from './answer.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/iam/docs/reference/rest/v2/policies
// https://cloud.google.com/iam/docs/reference/rest/v3/organizations.locations.principalAccessBoundaryPolicies

/** What Google's own IAM library is there for. Answers come as its types lay them out: empty texts, null, seconds and nanoseconds. */
export type IamLibrary = {
  /** Deny policies attached to `organizations/1`, `folders/2` or `projects/p`, page by page, without their rules. */
  denyPolicies(attachment: string): AsyncGenerator<readonly Json[]>;
  /** One deny policy by its resource name, with its rules. */
  denyPolicy(name: string): Promise<Json>;
  /** Principal access boundary policies of `organizations/1`, page by page. */
  boundaries(organization: string): AsyncGenerator<readonly Json[]>;
  /** What binds one boundary policy to sets of principals, wherever in the organisation these are, page by page. */
  boundaryBindings(policy: string): AsyncGenerator<readonly Json[]>;
};

/**
 * Loads the library on first use: it brings gRPC with it, of which nothing is used. In its REST mode it sends every request by the login
 * that it is given, so that this is where they turn to the wire, and to its pacing, recording and end.
 */
export async function openIamLibrary(google: Reader): Promise<IamLibrary> {
  const { v2, v3 } = await import('@google-cloud/iam');
  const denials = openSeam(google, 'denials');
  const boundaries = openSeam(google, 'boundaries');
  const policies = new v2.PoliciesClient(denials.options);
  const boundaryPolicies = new v3.PrincipalAccessBoundaryPoliciesClient(boundaries.options);
  return {
    denyPolicies: (attachment) =>
      denials.pages((page) => policies.listPolicies({ parent: `policies/${attachmentPoint(attachment)}/denypolicies`, ...page }, byHand)),
    denyPolicy: async (name) => {
      const [policy] = await denials.read(() => policies.getPolicy({ name }));
      return objectOf(policy);
    },
    boundaries: (organization) =>
      boundaries.pages((page) =>
        boundaryPolicies.listPrincipalAccessBoundaryPolicies({ parent: `${organization}/locations/global`, pageSize, ...page }, byHand),
      ),
    boundaryBindings: (name) =>
      boundaries.pages((page) => boundaryPolicies.searchPrincipalAccessBoundaryPolicyBindings({ name, pageSize, ...page }, byHand)),
  };
}

const pageSize = 1000;
/** The library's own paging would read all pages before it gives the first. */
const byHand = { autoPaginate: false } as const;

/** The slashes stay encoded in the resource name; the library encodes them once more for the address, and Google takes that back. */
function attachmentPoint(attachment: string): string {
  return encodeURIComponent(`cloudresourcemanager.googleapis.com/${attachment}`);
}

type Options = NonNullable<ConstructorParameters<typeof v2.PoliciesClient>[0]>;
type Page = readonly [items: readonly unknown[], next: { readonly pageToken?: string | null } | null, ...rest: readonly unknown[]];

function openSeam(google: Reader, quota: 'denials' | 'boundaries') {
  const refused = new WeakSet<object>();
  const login = {
    // The headers of the login come with the request itself.
    getRequestHeaders: () => Promise.resolve(new Headers()),
    async fetch(address: string): Promise<Response> {
      const { pathname, search } = new URL(address);
      try {
        return new Response(JSON.stringify(await google.policy(quota, `${pathname}${search}`)));
      } catch (error) {
        if (error instanceof Error) refused.add(error);
        throw error;
      }
    },
  };

  /** What fails after the answer is there is an answer that the library's types do not fit. */
  async function read<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error) || refused.has(error)) throw error;
      throw new MalformedError('an answer that is not of the documented shape', { cause: error });
    }
  }

  async function* pages(ask: (page: { readonly pageToken?: string }) => Promise<Page>): AsyncGenerator<readonly Json[]> {
    const seen = new Set<string>();
    let token = '';
    do {
      seen.add(token);
      const [items, next] = await read(() => ask(token === '' ? {} : { pageToken: token }));
      yield items.map(objectOf);
      token = next?.pageToken ?? '';
      if (token !== '' && seen.has(token)) throw new MalformedError('the next page is a page that was read already');
    } while (token !== '');
  }

  // The library takes anything that fetches for a login, and types it as one of its own.
  const options: Options = { fallback: true, auth: login as NonNullable<Options['auth']> };
  return { options, read, pages };
}
