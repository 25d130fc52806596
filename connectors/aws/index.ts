import type { Connector } from '../../src/connector/contract.ts';
import { account } from './account.ts';
import { connect } from './connect.ts';
import { iamAccessKey } from './iam-access-key.ts';
import { iamRole } from './iam-role.ts';
import { iamUser } from './iam-user.ts';
import { operationOf } from './operation-of.ts';
import { permissionDocument } from './permission-document.ts';
import { classify } from './refusal.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import type { AwsSession } from './session.ts';
import { type Settings, settings } from './settings.ts';

export { operationOf } from './operation-of.ts';

export const aws: Connector<AwsSession, Settings> = {
  id: 'aws',
  title: 'Amazon Web Services',
  settings,
  environment: [
    { name: 'AWS_PROFILE', meaning: 'profile of the shared configuration files to log in with' },
    { name: 'AWS_REGION', meaning: 'region to look at, and where to reach global services from' },
    { name: 'AWS_ACCESS_KEY_ID', meaning: 'access key to log in with, with AWS_SECRET_ACCESS_KEY and, for a session, AWS_SESSION_TOKEN' },
    { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', meaning: 'token of a workload, as in Kubernetes, with AWS_ROLE_ARN' },
    { name: 'AWS_CONFIG_FILE', meaning: 'another place of ~/.aws/config; AWS_SHARED_CREDENTIALS_FILE for ~/.aws/credentials' },
    {
      name: 'AWS_ENDPOINT_URL',
      meaning: 'one address for every service, as of an emulator; AWS_ENDPOINT_URL_IAM and so on for one service',
    },
  ],
  surfaces: [account, iamUser, iamRole, iamAccessKey, secretsmanagerSecret],
  blindSpots: [
    {
      surface: 'aws.sts_session',
      detail: 'sessions already made from a key or a role go on until they expire, and AWS lists none of them',
    },
    {
      surface: 'aws.untracked_use',
      detail: 'AWS keeps no last use of SSH public keys, service-specific credentials and signing certificates of users',
    },
    {
      surface: 'aws.workload_secret',
      detail: 'secrets written into environment variables, images and code of workloads are in no list of credentials',
    },
  ],
  permissionDocument,
  connect,
  classify,
  operationOf,
};
