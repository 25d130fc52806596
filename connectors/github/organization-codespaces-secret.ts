// https://docs.github.com/rest/codespaces/organization-secrets#list-organization-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type RawOrganizationSecret, organizationSecret, organizationSecrets, secretFacts, secretFields, secretTraits } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/codespaces/secrets';

export const codespacesSecret = defineKind({
  id: 'github.codespaces_secret',
  title: 'Codespaces secret',
  record: 'credential',
  proves: 'Whatever its value opens; everybody with a codespace of the repositories that see it can read it.',
  remedy: {
    rotate: [
      'gh secret set {name} --app codespaces --org {scope.organization}',
      'gh secret set {name} --app codespaces --repo {scope.repository}',
    ],
    delete: [
      'gh secret delete {name} --app codespaces --org {scope.organization}',
      'gh secret delete {name} --app codespaces --repo {scope.repository}',
    ],
  },
  traits: secretTraits,
});

export const organizationCodespacesSecret = defineSurface<GitHubSession, RawOrganizationSecret>({
  id: 'github.organization_codespaces_secret',
  title: 'Codespaces secrets of the organization',
  source: 'https://docs.github.com/rest/codespaces/organization-secrets',
  level: 'organization',
  kinds: [{ kind: codespacesSecret, facts: secretFacts }],
  operations: [{ call: route, permission: 'organization_codespaces_secrets:read', fields: secretFields }],
  list: organizationSecrets(route),
  normalize: organizationSecret({ kind: codespacesSecret, route, store: 'codespaces', usedBy: 'used in codespaces of' }),
});
