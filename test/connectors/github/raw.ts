import type { DeployKey } from '../../../connectors/github/deploy-key.ts';
import type { PatGrant } from '../../../connectors/github/owned-token.ts';
import type { OrganizationSecret } from '../../../connectors/github/secret.ts';

// Whole items in the shapes that GitHub's own description gives, checked by the compiler.

const url = 'https://api.github.com/users/mira-h';

export const patGrant = {
  id: 25381,
  owner: {
    login: 'mira-h',
    id: 70110005,
    node_id: 'U_kgDO70110005',
    avatar_url: 'https://avatars.githubusercontent.com/u/70110005?v=4',
    gravatar_id: '',
    url,
    html_url: 'https://github.com/mira-h',
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    site_admin: false,
  },
  repository_selection: 'all',
  repositories_url: 'https://api.github.com/organizations/90125501/personal-access-tokens/25381/repositories',
  permissions: { organization: { members: 'read' }, repository: { metadata: 'read' } },
  access_granted_at: '2026-05-16T08:47:09.000-07:00',
  token_id: 48117001,
  token_name: 'a token',
  token_expired: false,
  token_expires_at: '2027-01-01T00:00:00.000-08:00',
  token_last_used_at: null,
} satisfies PatGrant;

export const deployKey = {
  id: 118820451,
  key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f',
  url: 'https://api.github.com/repos/larkspur-foods/checkout/keys/118820451',
  title: 'ci',
  verified: true,
  created_at: '2026-10-12T09:00:00Z',
  read_only: true,
  added_by: 'jonasw',
  last_used: '2026-11-20T21:17:08Z',
  enabled: true,
} satisfies DeployKey;

export const organizationSecret = {
  name: 'NPM_TOKEN',
  created_at: '2021-08-17T12:00:00Z',
  updated_at: '2023-11-15T16:44:02Z',
  visibility: 'selected',
  selected_repositories_url: 'https://api.github.com/orgs/larkspur-foods/actions/secrets/NPM_TOKEN/repositories',
} satisfies OrganizationSecret;
