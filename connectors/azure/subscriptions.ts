// https://learn.microsoft.com/en-us/rest/api/resources/subscriptions/list
import { sharedPages } from '../../src/connector/shared-pages.ts';
import type { Json } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

export const listSubscriptions = { call: 'GET /subscriptions', permission: 'Reader' } as const;

/** Pages of the subscriptions that the login can read, asked for once for all surfaces. */
export const subscriptionPages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  const manager = await session.resourceManager();
  yield* manager.pages('/subscriptions?api-version=2022-12-01', 'nextLink', session.signal);
}
