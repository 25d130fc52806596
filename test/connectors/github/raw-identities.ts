import type { AccountKey } from '../../../connectors/github/account-ssh-key.ts';
import type { SubjectStat, UserStat } from '../../../connectors/github/api-insights.ts';
import type { App, Installation } from '../../../connectors/github/app-installation.ts';
import type { CredentialAuthorization } from '../../../connectors/github/credential-authorization.ts';
import type { PatRequest } from '../../../connectors/github/owned-token.ts';
import type { GpgKey } from '../../../connectors/github/gpg-key.ts';
import type { LeakedSecret } from '../../../connectors/github/leaked-secret.ts';
import type { OutsideCollaborator } from '../../../connectors/github/outside-collaborator.ts';
import type { ServerKey } from '../../../connectors/github/server-key.ts';
import type { ServerToken } from '../../../connectors/github/server-token.ts';
import type { SigningKey } from '../../../connectors/github/signing-key.ts';
import type { SubjectClaims, TokenPermissions } from '../../../connectors/github/workflow.ts';
import { patGrant } from './raw.ts';

// Whole items in the shapes that GitHub's own description gives, checked by the compiler.

export const user = { ...patGrant.owner } satisfies OutsideCollaborator;

const { access_granted_at: _, ...waiting } = patGrant;
export const patRequest = { ...waiting, reason: 'nightly import', created_at: '2026-11-18T02:20:11.000-08:00' } satisfies PatRequest;

export const authorization = {
  login: 'mira-h',
  credential_id: 161195,
  credential_type: 'personal access token',
  credential_authorized_at: '2024-04-10T08:30:00Z',
  credential_accessed_at: '2026-11-19T22:10:45Z',
  authorized_credential_id: 20111400,
  scopes: ['repo'],
  authorized_credential_note: 'deploy script',
  authorized_credential_expires_at: null,
} satisfies CredentialAuthorization;

export const installation = {
  id: 41200311,
  account: { ...patGrant.owner, login: 'larkspur-foods', type: 'Organization' },
  repository_selection: 'all',
  access_tokens_url: 'https://api.github.com/app/installations/41200311/access_tokens',
  repositories_url: 'https://api.github.com/installation/repositories',
  html_url: 'https://github.com/organizations/larkspur-foods/settings/installations/41200311',
  app_id: 2740,
  client_id: 'Iv1.0000000000000ab4',
  app_slug: 'renovate',
  target_id: 90125501,
  target_type: 'Organization',
  permissions: { contents: 'write', metadata: 'read' },
  events: ['push'],
  created_at: '2022-03-14T05:12:00.000-07:00',
  updated_at: '2024-08-01T06:00:00.000-07:00',
  single_file_name: null,
  has_multiple_single_files: false,
  single_file_paths: [],
  suspended_by: null,
  suspended_at: null,
  contact_email: null,
} satisfies Installation;

export const app = {
  id: 2740,
  slug: 'renovate',
  node_id: 'A_kwDO2740',
  client_id: 'Iv1.0000000000000ab4',
  owner: patGrant.owner,
  name: 'renovate',
  description: 'Keeps dependencies up to date',
  external_url: 'https://renovate.example',
  html_url: 'https://github.com/apps/renovate',
  created_at: '2021-01-01T00:00:00Z',
  updated_at: '2024-01-01T00:00:00Z',
  permissions: { metadata: 'read' },
  events: [],
} satisfies App;

export const subjectStat = {
  subject_type: 'installation',
  subject_id: 41200311,
  last_request_timestamp: '2026-11-20T19:01:55Z',
} satisfies SubjectStat;
export const userStat = {
  actor_type: 'classic_pat',
  actor_id: 20111400,
  last_request_timestamp: '2026-11-20T17:40:09Z',
} satisfies UserStat;

export const subjectClaims = { include_claim_keys: ['repo', 'context'], use_immutable_subject: false } satisfies SubjectClaims;
export const tokenPermissions = {
  default_workflow_permissions: 'read',
  can_approve_pull_request_reviews: false,
} satisfies TokenPermissions;

export const gpgKey = {
  id: 2203311,
  name: 'workstation',
  primary_key_id: null,
  key_id: '3AA5C34371567BD2',
  public_key: 'xjMEZh0r1RYJKwYBBAHaRw8BAQdA',
  emails: [{ email: 'mira.haddad@larkspur.example', verified: true }],
  subkeys: [],
  can_sign: true,
  can_encrypt_comms: false,
  can_encrypt_storage: false,
  can_certify: true,
  created_at: '2024-11-30T08:00:00.000Z',
  expires_at: null,
  revoked: false,
  raw_key: null,
} satisfies GpgKey;

export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
export const signingKey = { id: 330112, key: publicKey, title: 'old laptop', created_at: '2024-01-09T15:30:00Z' } satisfies SigningKey;

export const accountKey = {
  id: 40022110,
  key: publicKey,
  url: 'https://api.github.com/user/keys/40022110',
  title: 'build host',
  created_at: '2020-02-12T10:00:00Z',
  verified: true,
  read_only: false,
  last_used: '2026-11-20T23:10:00Z',
} satisfies AccountKey;

export const leakedSecret = {
  number: 7,
  created_at: '2026-05-20T10:02:00Z',
  secret_type: 'aws_access_key_id',
  secret_type_display_name: 'Amazon AWS Access Key ID',
  validity: 'active',
  publicly_leaked: false,
  multi_repo: false,
  push_protection_bypassed: false,
  repository: { id: 300110002, full_name: 'larkspur-foods/storefront' },
} satisfies LeakedSecret;

export const serverToken = {
  id: 12,
  note: 'backup',
  scopes: ['repo'],
  created_at: '2026-09-20T08:00:00Z',
  updated_at: '2026-09-21T08:00:00Z',
  expires_at: null,
  app: { name: 'backup', client_id: '00000000000000000000' },
  user: { id: 7, login: 'tlind' },
} satisfies ServerToken;

export const serverKey = {
  id: 5,
  key: publicKey,
  user_id: 7,
  repository_id: null,
  title: 'laptop',
  read_only: false,
  verified: true,
  created_at: '2020-01-15T09:00:00Z',
  added_by: null,
  last_used: '2024-12-01T10:00:00Z',
} satisfies ServerKey;
