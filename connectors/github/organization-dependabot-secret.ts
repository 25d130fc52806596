// https://docs.github.com/rest/dependabot/secrets#list-organization-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type RawOrganizationSecret, organizationSecret, organizationSecrets, secretFacts, secretFields, secretTraits } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/dependabot/secrets';

export const dependabotSecret = defineKind({
  id: 'github.dependabot_secret',
  title: 'Dependabot secret',
  record: 'credential',
  proves: 'Whatever its value opens, mostly a package registry; Dependabot uses it in the repositories that see it.',
  remedy: {
    rotate: [
      'gh secret set {name} --app dependabot --org {scope.organization}',
      'gh secret set {name} --app dependabot --repo {scope.repository}',
    ],
    delete: [
      'gh secret delete {name} --app dependabot --org {scope.organization}',
      'gh secret delete {name} --app dependabot --repo {scope.repository}',
    ],
  },
  traits: secretTraits,
});

export const organizationDependabotSecret = defineSurface<GitHubSession, RawOrganizationSecret>({
  id: 'github.organization_dependabot_secret',
  title: 'Dependabot secrets of the organization',
  source: 'https://docs.github.com/rest/dependabot/secrets',
  level: 'organization',
  kinds: [{ kind: dependabotSecret, facts: secretFacts }],
  operations: [{ call: route, permission: 'organization_dependabot_secrets:read', fields: secretFields }],
  list: organizationSecrets(route),
  normalize: organizationSecret({ kind: dependabotSecret, route, store: 'dependabot', usedBy: 'used by Dependabot in' }),
});
