import { defineKind } from '../../src/model/kind.ts';

// https://docs.github.com/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation
export const classicPat = defineKind({
  id: 'github.classic_pat',
  title: 'Classic personal access token',
  record: 'credential',
  proves: 'Acts as its owner within its scopes, in every organization that lets it in.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/credential-authorizations/{details.authorizationId}' },
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      // Without the authorization it still works everywhere else.
      seen: ['gone from the authorized credentials of the organization', 'GET /user with it answers 401'],
      tokensLive: null,
    },
    // https://docs.github.com/authentication/connecting-to-github-with-ssh/managing-deploy-keys: those that were made with it.
    takesWith: ['github.deploy_key'],
    leavesBehind: ['github.ssh_key', 'github.gpg_key', 'github.webhook'],
  },
});

export const oauthToken = defineKind({
  id: 'github.oauth_token',
  title: 'OAuth app token',
  record: 'credential',
  proves: 'Lets an OAuth app act as the user who authorized it, within its scopes.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/credential-authorizations/{details.authorizationId}' },
  traits: {
    expiry: 'optional',
    rotation: 'none',
    proof: 'bearer',
    revocation: {
      seen: ['gone from the authorized credentials of the organization', 'gone from the authorized OAuth apps of the user'],
      tokensLive: null,
    },
    takesWith: ['github.deploy_key'],
    leavesBehind: ['github.ssh_key', 'github.webhook'],
  },
});

export const appUserToken = defineKind({
  id: 'github.app_user_token',
  title: 'User token of a GitHub App',
  record: 'credential',
  proves: 'Lets a GitHub App act as the user who authorized it, as far as both may.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/credential-authorizations/{details.authorizationId}' },
  traits: {
    expiry: 'optional',
    rotation: 'automatic',
    proof: 'bearer',
    revocation: {
      seen: ['gone from the authorized credentials of the organization', 'gone from the authorized GitHub Apps of the user'],
      tokensLive: '8h',
    },
    takesWith: [],
    leavesBehind: ['github.deploy_key', 'github.app_installation'],
  },
});

export const sshKey = defineKind({
  id: 'github.ssh_key',
  title: 'SSH key of a user',
  record: 'credential',
  proves: 'Acts as its user over Git, in every repository that the user reaches.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/credential-authorizations/{details.authorizationId}' },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['gone from the keys of the user'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
