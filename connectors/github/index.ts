import type { BlindSpot, Connector } from '../../src/connector/contract.ts';
import { accountGpgKey } from './account-gpg-key.ts';
import { accountSigningKey } from './account-signing-key.ts';
import { accountSshKey } from './account-ssh-key.ts';
import { appInstallation } from './app-installation.ts';
import { credentialAuthorization } from './credential-authorization.ts';
import { deployKey } from './deploy-key.ts';
import { environmentSecret } from './environment-secret.ts';
import { fineGrainedTokenRequest } from './fine-grained-token-request.ts';
import { fineGrainedToken } from './fine-grained-token.ts';
import { hostedRunner } from './hosted-runner.ts';
import { leakedSecret } from './leaked-secret.ts';
import { memberGpgKey } from './member-gpg-key.ts';
import { memberSigningKey } from './member-signing-key.ts';
import { member } from './member.ts';
import { operationOf } from './operation.ts';
import { organizationActionsSecret } from './organization-actions-secret.ts';
import { organizationAgentsSecret } from './organization-agents-secret.ts';
import { organizationCodespacesSecret } from './organization-codespaces-secret.ts';
import { organizationDependabotSecret } from './organization-dependabot-secret.ts';
import { organizationWebhook } from './organization-webhook.ts';
import { outsideCollaborator } from './outside-collaborator.ts';
import { appManifest, permitted } from './permissions.ts';
import { privateRegistry } from './private-registry.ts';
import { classify } from './refusal.ts';
import { repositoryActionsSecret } from './repository-actions-secret.ts';
import { repositoryAgentsSecret } from './repository-agents-secret.ts';
import { repositoryCodespacesSecret } from './repository-codespaces-secret.ts';
import { repositoryDependabotSecret } from './repository-dependabot-secret.ts';
import { repositoryRunner } from './repository-runner.ts';
import { repositoryWebhook } from './repository-webhook.ts';
import { repository } from './repository.ts';
import { selfHostedRunner } from './self-hosted-runner.ts';
import { serverKey } from './server-key.ts';
import { serverToken } from './server-token.ts';
import { serverUser } from './server-user.ts';
import { type AnySession, connect } from './session.ts';
import { type Settings, environment, settingsSchema } from './settings.ts';
import { workflow } from './workflow.ts';

/** What GitHub has no list of, for anyone. */
const blindSpots: readonly BlindSpot[] = [
  {
    surface: 'github.classic_token',
    detail: 'classic personal access tokens, and OAuth tokens, of an organization without SAML single sign-on',
  },
  { surface: 'github.fine_grained_token', detail: 'fine-grained tokens without access to the organization, and when a token was made' },
  { surface: 'github.app_key', detail: 'private keys and client secrets of GitHub Apps' },
  { surface: 'github.ssh_key', detail: "when members' SSH keys were added, and last used where there is no single sign-on" },
  { surface: 'github.actions_secret', detail: 'who wrote a stored secret of any sort, what last used it, and secrets kept as variables' },
  { surface: 'github.webhook', detail: 'how old the secret of a webhook is' },
  { surface: 'github.self_hosted_runner', detail: 'when a runner was registered, and when it last took a job' },
  { surface: 'github.personal_repository', detail: "members' own repositories, with the secrets and keys in them" },
  { surface: 'github.hidden_repository', detail: 'repositories that the login may not see are in no list' },
];

/** Scopes come before what lives in them, and identities before what proves them. */
const organizationSurfaces = [
  repository,
  member,
  outsideCollaborator,
  appInstallation,
  workflow,
  fineGrainedToken,
  fineGrainedTokenRequest,
  credentialAuthorization,
  memberGpgKey,
  memberSigningKey,
  leakedSecret,
  deployKey,
  organizationActionsSecret,
  repositoryActionsSecret,
  environmentSecret,
  organizationDependabotSecret,
  repositoryDependabotSecret,
  organizationCodespacesSecret,
  repositoryCodespacesSecret,
  organizationAgentsSecret,
  repositoryAgentsSecret,
  privateRegistry,
  organizationWebhook,
  repositoryWebhook,
  selfHostedRunner,
  repositoryRunner,
  hostedRunner,
];

export const github: Connector<AnySession, Settings> = {
  id: 'github',
  title: 'GitHub',
  settings: settingsSchema,
  places: ['organizations'],
  environment,
  surfaces: [...organizationSurfaces.map(permitted), accountSshKey, accountGpgKey, accountSigningKey, serverUser, serverToken, serverKey],
  blindSpots,
  permissionDocument: appManifest,
  connect,
  classify,
  operationOf,
};
