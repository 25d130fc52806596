// https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-list
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { type Held, heldBy } from './held.ts';
import { type Json, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { type Privilege, atMost, furthest, levelOfPermission } from './privilege.ts';
import type { Session } from './session.ts';

export const consentsOperation = { call: 'GET /v1.0/oauth2PermissionGrants', permission: 'DelegatedPermissionGrant.Read.All' } as const;

/** Delegated permissions of the tenant, asked for once for all surfaces. */
export const consents = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  const graph = await session.graph();
  yield* graph.pages('/v1.0/oauth2PermissionGrants?$top=999', '@odata.nextLink', session.signal);
}

export const heldConsents = oncePerSession(
  (session: Session): Promise<Held> =>
    heldBy(consents(session), 'clientId', (consent) => {
      const { level, because } = reachOfConsent(consent);
      // It takes somebody who signs in, and gives no more than they may do.
      return { level: atMost(level, 'write'), because, operations: [consentsOperation.call] };
    }),
);

export function reachOfConsent(consent: Json): Privilege {
  const whom = isForAll(consent) ? 'everybody' : 'one person';
  const operations = [consentsOperation.call];
  return furthest(
    scopesOf(consent).map((each) => ({ level: levelOfPermission(each), because: [`delegated by ${whom}: ${each}`], operations })),
  );
}

export function scopesOf({ scope }: Json): readonly string[] {
  return (text(scope) ?? '').split(/\s+/).filter((each) => each !== '');
}

export function isForAll({ consentType }: Json): boolean {
  return consentType === 'AllPrincipals';
}
