// https://docs.github.com/rest/actions/secrets#list-organization-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type RawOrganizationSecret, organizationSecret, organizationSecrets, secretFacts, secretFields, secretTraits } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/actions/secrets';

export const actionsSecret = defineKind({
  id: 'github.actions_secret',
  title: 'Actions secret',
  record: 'credential',
  proves: 'Whatever its value opens; workflows of the repositories that see it can use it.',
  remedy: {
    rotate: ['gh secret set {name} --org {scope.organization}', 'gh secret set {name} --repo {scope.repository}'],
    delete: ['gh secret delete {name} --org {scope.organization}', 'gh secret delete {name} --repo {scope.repository}'],
  },
  traits: secretTraits,
});

export const organizationActionsSecret = defineSurface<GitHubSession, RawOrganizationSecret>({
  id: 'github.organization_actions_secret',
  title: 'Actions secrets of the organization',
  source: 'https://docs.github.com/rest/actions/secrets',
  level: 'organization',
  kinds: [{ kind: actionsSecret, facts: secretFacts }],
  operations: [{ call: route, permission: 'organization_secrets:read', fields: secretFields }],
  list: organizationSecrets(route),
  normalize: organizationSecret({ kind: actionsSecret, route, store: 'actions', usedBy: 'used by workflows of' }),
});
