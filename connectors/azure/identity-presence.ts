// https://learn.microsoft.com/en-us/rest/api/managedidentity/system-assigned-identities/get-by-scope, https://learn.microsoft.com/en-us/rest/api/managedidentity/user-assigned-identities/get
import type { Look, Operation } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Estate, isMissing, isOfResource } from './estate.ts';
import { type Json, isJson, text } from './json.ts';
import { resourceOf } from './principal-details.ts';
import { RefusedAnswer } from './refused-answer.ts';
import type { Session } from './session.ts';

const identityCalls = {
  user: 'GET {userAssignedIdentityId}',
  system: 'GET {resourceId}/providers/Microsoft.ManagedIdentity/identities/default',
} as const;
type Sort = keyof typeof identityCalls;
export const presenceOperations: readonly Operation[] = Object.values(identityCalls).map((call) => ({
  call,
  permission: 'Reader',
  facts: ['consumers'],
}));
export const presencePatterns: readonly (readonly [RegExp, string])[] = [
  [/^GET \/subscriptions\/.+\/providers\/Microsoft\.ManagedIdentity\/identities\/default$/i, identityCalls.system],
  [/^GET \/subscriptions\/.+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i, identityCalls.user],
];
const version = '2023-01-31';

/** Whether the identity that a service principal stands for is there, by the id of the service principal. */
export type Presence = { readonly isThere: Fact<boolean>; readonly operation: string };

/**
 * Resource Graph follows with a delay, so what it lacks is asked for by name before it is called gone. One that is there under another
 * service principal was made anew: this one is left over.
 */
export async function presenceOf(
  principals: readonly Json[],
  found: Fact<Estate>,
  session: Session,
  look: Look,
): Promise<ReadonlyMap<string, Presence>> {
  const presences = new Map<string, Presence>();
  if (found.state !== 'known') return presences;
  const missing = principals.flatMap((principal) => {
    const [id, resource] = [text(principal['id']), resourceOf(principal)];
    return id !== undefined && resource !== undefined && isMissing(resource, found.value) ? [{ id, resource }] : [];
  });
  const asked = fanOut(missing, 8, async ({ id, resource }) => ({ id, presence: await ask(resource, id, session, look) }));
  for await (const { id, presence } of asked) presences.set(id, presence);
  return presences;
}

async function ask(resource: string, principal: string, session: Session, look: Look): Promise<Presence> {
  const sort: Sort = isOfResource(resource) ? 'system' : 'user';
  const address = sort === 'user' ? resource : `${resource}/providers/Microsoft.ManagedIdentity/identities/default`;
  const isThere = await look.learn(async () => {
    const manager = await session.resourceManager();
    try {
      const { properties } = await manager.get(`${address}?api-version=${version}`, look.signal);
      const actual = isJson(properties) ? text(properties['principalId']) : undefined;
      return actual === undefined ? unknown('malformed-response', 'an identity without principalId') : known(actual === principal);
    } catch (error) {
      if (error instanceof RefusedAnswer && isAbsence(error)) return known(false);
      throw error;
    }
  });
  return { isThere, operation: identityCalls[sort] };
}

/** `ResourceNotFound`, `ResourceGroupNotFound` and the like. A 404 without such a word may come from anything on the way. */
function isAbsence({ status, code }: RefusedAnswer): boolean {
  return status === 404 && code !== undefined && code !== 'SubscriptionNotFound' && code.endsWith('NotFound');
}
