import { defineKind } from '../../src/model/kind.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html

const revocation = { seen: ['ListServiceSpecificCredentials shows it Inactive, or no longer'], tokensLive: null } as const;

export const servicePasswordKind = defineKind({
  id: 'aws.iam_service_password',
  title: 'Password of an IAM user for one service',
  record: 'credential',
  proves: 'Uses CodeCommit or Keyspaces as its IAM user, with a user name of its own.',
  remedy: {
    rotate: 'aws iam reset-service-specific-credential --user-name {identity/-1} --service-specific-credential-id {id}',
    disable: 'aws iam update-service-specific-credential --user-name {identity/-1} --service-specific-credential-id {id} --status Inactive',
    delete: 'aws iam delete-service-specific-credential --user-name {identity/-1} --service-specific-credential-id {id}',
  },
  traits: { expiry: 'never', rotation: 'in-place', proof: 'bearer', revocation, takesWith: [], leavesBehind: [] },
});

export const serviceApiKeyKind = defineKind({
  id: 'aws.iam_service_api_key',
  title: 'Long-term API key of an IAM user for one service',
  record: 'credential',
  proves: 'Calls Bedrock or CloudWatch Logs as its IAM user, for whoever shows it.',
  remedy: {
    disable: 'aws iam update-service-specific-credential --user-name {identity/-1} --service-specific-credential-id {id} --status Inactive',
    delete: 'aws iam delete-service-specific-credential --user-name {identity/-1} --service-specific-credential-id {id}',
  },
  traits: { expiry: 'optional', rotation: 'in-place', proof: 'bearer', revocation, takesWith: [], leavesBehind: [] },
});

/** Prefix of their permissions, by the name of the service. */
export const services: Readonly<Record<string, string>> = {
  'bedrock.amazonaws.com': 'bedrock',
  'cassandra.amazonaws.com': 'cassandra',
  'codecommit.amazonaws.com': 'codecommit',
  'logs.amazonaws.com': 'logs',
};

const withPasswords: ReadonlySet<string> = new Set(['cassandra.amazonaws.com', 'codecommit.amazonaws.com']);

/** A service that is new here is taken for one whose keys can end: one without an end is then shown, not passed over. */
export function serviceKind(service: string) {
  return withPasswords.has(service) ? servicePasswordKind : serviceApiKeyKind;
}
