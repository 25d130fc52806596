// https://docs.github.com/rest/orgs/custom-properties#list-custom-property-values-for-organization-repositories
import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Operation } from '../../src/connector/contract.ts';
import { type Unsure, listed, numericId } from './field.ts';
import { oncePerSession } from './once-per-session.ts';
import { pages } from './pages.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/properties/values';

/** What a surface of repositories declares for it. Refused: its records stay, and their owners are not all known. */
export const propertiesOperation: Operation = { call: route, permission: 'organization_custom_properties:read', facts: ['owner'] };

export type PropertyValues = RestEndpointMethodTypes['orgs']['customPropertiesForReposGetOrganizationValues']['response']['data'][number];
/** By the number of the repository, property name -> value; several values are one text, with commas. Unset properties are left out. */
export type Properties = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The custom properties of all repositories of the organization, 100 repositories a request. */
export const propertiesOf = oncePerSession(async ({ client, organization }: GitHubSession, signal): Promise<Properties> => {
  const found = new Map<string, Readonly<Record<string, string>>>();
  const parameters = { org: organization.login };
  for await (const page of pages<Unsure<PropertyValues> | null>(client, { route, parameters }, signal)) {
    for (const repository of page) found.set(numericId(repository?.repository_id, 'repository_id'), setIn(repository?.properties));
  }
  return found;
});

function setIn(properties: Unsure<PropertyValues['properties']> | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listed(properties).flatMap((each) => {
      const value = Array.isArray(each?.value) ? each.value.filter((one) => typeof one === 'string').join(', ') : each?.value;
      return typeof each?.property_name === 'string' && typeof value === 'string' && value !== '' ? [[each.property_name, value]] : [];
    }),
  );
}
