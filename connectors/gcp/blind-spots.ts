import type { BlindSpot } from '../../src/connector/contract.ts';

export const blindSpots: readonly BlindSpot[] = [
  {
    surface: 'gcp.oauth_client',
    detail: 'OAuth clients made in the console cannot be listed by any Google API.',
  },
  {
    surface: 'gcp.service_agent',
    detail: 'Service agents, which Google runs in its own projects, are not in the list of service accounts.',
  },
  {
    surface: 'gcp.domain_wide_delegation',
    detail:
      'Which service accounts may act for every user of Google Workspace is told by the admin console alone; Activity Analyzer does not see such sign-ins, and Cloud Monitoring forgets them after six weeks, so that a key used only for them may look unused. What the console calls the client ID is the uniqueId of the service account.',
  },
  {
    surface: 'gcp.service_account_created',
    detail: 'IAM does not say when a service account was made; only audit logs do.',
  },
  {
    surface: 'gcp.group_role',
    detail:
      'Roles that a service account holds as a member of a group or of a set of principals do not count towards its privilege: who is in a group is told by Cloud Identity alone.',
  },
  {
    surface: 'gcp.hmac_key_use',
    detail:
      'No API tells the last use of an HMAC key, and neither Activity Analyzer nor Cloud Monitoring counts it for the service account.',
  },
  {
    surface: 'gcp.secret_use',
    detail: 'Who read a secret is in data access audit logs alone, which are off unless the customer turns them on.',
  },
  {
    surface: 'gcp.regional_secret',
    detail: 'Regional secrets are in no list that spans locations: only those of connectors.gcp.secretLocations are read.',
  },
  {
    surface: 'gcp.os_login_key',
    detail: 'OS Login shows the SSH keys of an account to that account alone, and those of people to Workspace administrators.',
  },
  {
    surface: 'gcp.restraint',
    detail:
      'Deny policies and principal access boundaries, which hold back what roles give, are read only where connectors.gcp.denyPolicies and connectors.gcp.accessBoundaries ask for it: Google answers five such requests a minute.',
  },
  {
    surface: 'gcp.short_lived_token',
    detail: 'Access tokens already made from a key or a federated sign-in go on until they expire, and Google lists none of them.',
  },
];
