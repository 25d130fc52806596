import { text } from './json.ts';
import type { Session } from './session.ts';

/** Where a resource lives: in a group of a subscription of the tenant. Their names differ in case between APIs. */
export function resourceScope({ scope }: Pick<Session, 'scope'>, subscription: unknown, group: unknown): string {
  const [inSubscription, inGroup] = [text(subscription)?.toLowerCase(), text(group)?.toLowerCase()];
  if (inSubscription === undefined) return scope;
  const within = `${scope}/subscription/${inSubscription}`;
  return inGroup === undefined ? within : `${within}/resourceGroup/${inGroup}`;
}

/** The same of an address: `/subscriptions/{s}/resourceGroups/{g}/…`. What is above all subscriptions is the tenant's. */
export function scopeOfAddress(session: Pick<Session, 'scope'>, address: string): string {
  const [, subscription, group] = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(address) ?? [];
  return resourceScope(session, subscription, group);
}
