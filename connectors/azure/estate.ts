// https://learn.microsoft.com/en-us/entra/identity/managed-identities-azure-resources/overview
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Json, isJson, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { resourcePages } from './resource-graph.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import { subscriptionPages } from './subscriptions.ts';

const identityType = 'microsoft.managedidentity/userassignedidentities';
const query = `resources | where isnotempty(identity) or type =~ '${identityType}' | project id, name, type, subscriptionId, resourceGroup, tags, identity, principalId = properties.principalId | order by id asc`;

/** Resources that have an identity, and identities that are resources; asked for once for all surfaces. */
export const identityPages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  yield* resourcePages(session, query, 'resources with identities');
}

export type Estate = {
  /** Subscriptions that the login can read, in small letters: of others nobody can say that something is gone. */
  readonly subscriptions: ReadonlySet<string>;
  /** Ids of resources with an identity, and of user-assigned identities, by their id in small letters: names differ in case between APIs. */
  readonly resources: ReadonlyMap<string, Json>;
  /** By user-assigned identity, the resources that it is assigned to. */
  readonly users: ReadonlyMap<string, readonly string[]>;
};

export const estate = oncePerSession(async (session: Session): Promise<Estate> => {
  const subscriptions = new Set<string>();
  for await (const page of subscriptionPages(session))
    for (const row of page) subscriptions.add((text(row['subscriptionId']) ?? '').toLowerCase());
  const resources = new Map<string, Json>();
  const users = new Map<string, string[]>();
  for await (const page of identityPages(session)) {
    for (const row of page) {
      const id = text(row['id']);
      if (id === undefined) continue;
      resources.set(id.toLowerCase(), row);
      for (const assigned of assignedTo(row)) users.set(assigned, [...(users.get(assigned) ?? []), id]);
    }
  }
  return { subscriptions, resources, users };
});

function assignedTo({ identity }: Json): readonly string[] {
  const assigned = isJson(identity) ? identity['userAssignedIdentities'] : undefined;
  return isJson(assigned) ? Object.keys(assigned).map((id) => id.toLowerCase()) : [];
}

export function isUserAssigned({ type }: Json): boolean {
  return text(type)?.toLowerCase() === identityType;
}

export type Attachment = {
  /** Resources that act as it. */
  readonly consumers: Fact<readonly string[]>;
  /** The resource that it belongs to is gone, so nothing can sign in as it any more; the directory calls it enabled all the same. */
  readonly isOrphan: boolean;
  /** Of the resource: nobody writes them on the service principal of a managed identity. */
  readonly tags: Readonly<Record<string, string>>;
};

/** Whether Resource Graph lacks what should be in a subscription that can be read. */
export function isMissing(resource: string, { subscriptions, resources }: Estate): boolean {
  const id = resource.toLowerCase();
  return !resources.has(id) && subscriptions.has(id.split('/')[2] ?? '');
}

/** Where a managed identity is attached. `isThere`: what Resource Manager says of one that Resource Graph lacks. */
export function attachmentOf(resource: string | undefined, found: Fact<Estate>, isThere: Fact<boolean> | undefined): Attachment {
  if (resource === undefined)
    return { consumers: unknown('not-offered', 'the directory does not name its resource'), isOrphan: false, tags: {} };
  if (found.state !== 'known') return { consumers: found.state === 'unknown' ? found : unknown('not-looked'), isOrphan: false, tags: {} };
  const { subscriptions, resources, users } = found.value;
  const id = resource.toLowerCase();
  const row = resources.get(id);
  if (!row) {
    const subscription = id.split('/')[2] ?? '';
    if (subscriptions.has(subscription)) return unlisted(resource, isThere);
    return { consumers: unknown('permission-denied', `subscription ${subscription} cannot be read: Reader`), isOrphan: false, tags: {} };
  }
  const tags = resourceTags(row['tags']);
  if (!isUserAssigned(row)) return { consumers: known([resource]), isOrphan: false, tags };
  const usedBy = users.get(id) ?? [];
  return { consumers: usedBy.length === 0 ? notByResources : known(usedBy), isOrphan: false, tags };
}

function unlisted(resource: string, isThere: Fact<boolean> | undefined): Attachment {
  const isOrphan = isThere?.state === 'known' && !isThere.value;
  if (isOrphan) return { consumers: absent(), isOrphan, tags: {} };
  if (isThere?.state === 'unknown') return { consumers: isThere, isOrphan, tags: {} };
  return { consumers: isOfResource(resource) ? known([resource]) : notByResources, isOrphan, tags: {} };
}

/** A system-assigned identity is named by the resource that it belongs to, a user-assigned one by itself. */
export function isOfResource(resource: string): boolean {
  return !/\/userAssignedIdentities\/[^/]+$/i.test(resource);
}

/** Not none: programs elsewhere may act as a user-assigned identity, by its federated credentials. */
const notByResources = unknown('not-looked', 'no resource acts as it; whether programs do by its federated credentials, those tell');
