import type { Connector } from '../../src/connector/contract.ts';
import { account } from './account.ts';
import { acmCertificate } from './acm-certificate.ts';
import { acmpcaCertificateAuthority } from './acmpca-certificate-authority.ts';
import { agentcoreApiKeyProvider } from './agentcore-api-key-provider.ts';
import { agentcoreOauth2Provider } from './agentcore-oauth2-provider.ts';
import { agentcoreWorkloadIdentity } from './agentcore-workload-identity.ts';
import { apigatewayApiKey } from './apigateway-api-key.ts';
import { apigatewayClientCertificate } from './apigateway-client-certificate.ts';
import { appsyncApiKey } from './appsync-api-key.ts';
import { cloudfrontPublicKey } from './cloudfront-public-key.ts';
import { codebuildSourceCredential } from './codebuild-source-credential.ts';
import { cognitoAppClient } from './cognito-app-client.ts';
import { connect, memberDiscovery } from './connect.ts';
import { ec2KeyPair } from './ec2-key-pair.ts';
import { eksPodIdentity } from './eks-pod-identity.ts';
import { eventbridgeConnection } from './eventbridge-connection.ts';
import { iamAccessKey } from './iam-access-key.ts';
import { iamConsolePassword } from './iam-console-password.ts';
import { iamMfaDevice } from './iam-mfa-device.ts';
import { iamOidcProvider } from './iam-oidc-provider.ts';
import { iamRole } from './iam-role.ts';
import { iamRootUser } from './iam-root-user.ts';
import { iamSamlProvider } from './iam-saml-provider.ts';
import { iamServerCertificate } from './iam-server-certificate.ts';
import { iamServiceCredential } from './iam-service-credential.ts';
import { iamSigningCertificate } from './iam-signing-certificate.ts';
import { iamSshPublicKey } from './iam-ssh-public-key.ts';
import { iamUser } from './iam-user.ts';
import { iotCertificate } from './iot-certificate.ts';
import { kmsKey } from './kms-key.ts';
import { operationOf } from './operation-of.ts';
import { permissionDocument } from './permission-document.ts';
import { rdsMasterUser } from './rds-master-user.ts';
import { classify } from './refusal.ts';
import { regionDiscovery } from './region-session.ts';
import { rolesanywhereProfile } from './rolesanywhere-profile.ts';
import { rolesanywhereSubject } from './rolesanywhere-subject.ts';
import { rolesanywhereTrustAnchor } from './rolesanywhere-trust-anchor.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import type { AwsSession } from './session.ts';
import { type Settings, settings } from './settings.ts';
import { ssmActivation } from './ssm-activation.ts';
import { ssmSecurestring } from './ssm-securestring.ts';
import { transferUserKey } from './transfer-user-key.ts';

export { operationOf } from './operation-of.ts';

export const aws: Connector<AwsSession, Settings> = {
  id: 'aws',
  title: 'Amazon Web Services',
  settings,
  places: ['accounts', 'regions'],
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
  surfaces: [
    account,
    iamUser,
    iamRole,
    iamRootUser,
    iamAccessKey,
    iamConsolePassword,
    iamMfaDevice,
    iamSshPublicKey,
    iamServiceCredential,
    iamSigningCertificate,
    iamServerCertificate,
    iamOidcProvider,
    iamSamlProvider,
    cloudfrontPublicKey,
    rdsMasterUser,
    secretsmanagerSecret,
    kmsKey,
    acmCertificate,
    acmpcaCertificateAuthority,
    rolesanywhereTrustAnchor,
    rolesanywhereProfile,
    rolesanywhereSubject,
    ssmSecurestring,
    ssmActivation,
    agentcoreApiKeyProvider,
    agentcoreOauth2Provider,
    agentcoreWorkloadIdentity,
    apigatewayApiKey,
    apigatewayClientCertificate,
    appsyncApiKey,
    codebuildSourceCredential,
    cognitoAppClient,
    ec2KeyPair,
    eksPodIdentity,
    eventbridgeConnection,
    iotCertificate,
    transferUserKey,
  ],
  discovery: [regionDiscovery, ...memberDiscovery],
  blindSpots: [
    {
      surface: 'aws.sts_session',
      detail: 'sessions already made from a key or a role go on until they expire, and AWS lists none of them',
    },
    {
      surface: 'aws.untracked_use',
      detail:
        'AWS keeps no last use of SSH public keys, service-specific credentials, signing certificates, MFA devices, server certificates and identity providers',
    },
    {
      surface: 'aws.second_mfa_device',
      detail: 'a hardware device or passkey of a user who also has a virtual device, and one of the root user, are not listed',
    },
    {
      surface: 'aws.narrowed_privilege',
      detail:
        'policies of the organisation and of resources are not read: an identity may reach less far than its own policies say, or further into a resource',
    },
    {
      surface: 'aws.workload_secret',
      detail:
        'secrets written into environment variables, images and code of Lambda functions, ECS tasks and other workloads are in no list',
    },
    {
      surface: 'aws.untracked_stored_use',
      detail: 'AWS keeps no last use of parameters, certificates, certificate authorities and trust anchors',
    },
    {
      surface: 'aws.untracked_regional_use',
      detail:
        'AWS keeps no last use of API keys, app client secrets, device certificates, EC2 and Transfer keys, connections, credential providers and CloudFront keys',
    },
    {
      surface: 'aws.codebuild_dates',
      detail: 'CodeBuild does not say when a source credential was made or changed, or when it ends',
    },
    {
      surface: 'aws.cognito_client_creation',
      detail: 'when an app client was made is told only by the call that also hands out its secret, which is not asked',
    },
    {
      surface: 'aws.database_user',
      detail: 'users inside databases other than the master user, and when a master password was last set by hand',
    },
    {
      surface: 'aws.transfer_directory_user',
      detail: 'users of Transfer servers that keep them in a directory or behind a function',
    },
  ],
  permissionDocument,
  connect,
  classify,
  operationOf,
};
