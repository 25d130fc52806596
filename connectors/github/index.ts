import type { BlindSpot, Connector } from '../../src/connector/contract.ts';
import { deployKey } from './deploy-key.ts';
import { fineGrainedToken } from './fine-grained-token.ts';
import { operationOf } from './operation.ts';
import { organizationActionsSecret } from './organization-actions-secret.ts';
import { appManifest, permitted } from './permissions.ts';
import { classify } from './refusal.ts';
import { type AnySession, connect } from './session.ts';
import { type Settings, environment, settingsSchema } from './settings.ts';

/** What GitHub has no list of, for anyone. */
const blindSpots: readonly BlindSpot[] = [
  {
    surface: 'github.classic_token',
    detail: 'classic personal access tokens, and OAuth tokens, of an organization without SAML single sign-on',
  },
  { surface: 'github.fine_grained_token', detail: 'fine-grained tokens without access to the organization, and when a token was made' },
  { surface: 'github.app_key', detail: 'private keys and client secrets of GitHub Apps' },
  { surface: 'github.ssh_key', detail: "when users' SSH keys were added and last used" },
  { surface: 'github.actions_secret', detail: 'who wrote a secret, what last used it, and secrets kept as variables' },
  { surface: 'github.personal_repository', detail: "members' own repositories, with the secrets and keys in them" },
  { surface: 'github.hidden_repository', detail: 'repositories that the login may not see are in no list' },
];

export const github: Connector<AnySession, Settings> = {
  id: 'github',
  title: 'GitHub',
  settings: settingsSchema,
  environment,
  surfaces: [fineGrainedToken, deployKey, organizationActionsSecret].map(permitted),
  blindSpots,
  permissionDocument: appManifest,
  connect,
  classify,
  operationOf,
};
