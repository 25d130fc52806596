import type { Attachment } from './estate.ts';
import { type Json, described, isJson, text } from './json.ts';
import type { Origin } from './principal-origin.ts';

/** The Azure resource that a managed identity belongs to; of a user-assigned one, itself. */
export function resourceOf({ alternativeNames }: Json): string | undefined {
  return texts(alternativeNames).find((each) => each.startsWith('/subscriptions/'));
}

export function principalDetails(raw: Json, origin: Origin, attachment: Attachment | undefined): Record<string, string> {
  const publisher = raw['verifiedPublisher'];
  return described({
    appId: raw['appId'],
    origin,
    appOwnerOrganizationId: raw['appOwnerOrganizationId'],
    publisher: isJson(publisher) ? publisher['displayName'] : undefined,
    resource: resourceOf(raw),
    resourceState: attachment?.isOrphan === true ? 'gone' : undefined,
    assigned: origin === 'managed-identity' ? assignmentOf(texts(raw['alternativeNames'])) : undefined,
    singleSignOn: raw['preferredSingleSignOnMode'],
    accountEnabled: raw['accountEnabled'] === false ? false : undefined,
    disabledByMicrosoft: raw['disabledByMicrosoftStatus'],
    secretsElsewhere: origin === 'vendor' ? "the vendor's own secrets are in its tenant, and are not seen here" : undefined,
    notes: text(raw['notes']),
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function assignmentOf(names: readonly string[]): string | undefined {
  if (names.includes('isExplicit=True')) return 'user';
  return names.includes('isExplicit=False') ? 'system' : undefined;
}
