import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Statement, parseStatements } from './policy-statement.ts';
import type { NamedPolicy } from './privilege.ts';

// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html

/**
 * Policies that AWS keeps, by how far they reach. Their texts are not read: they would be most of what IAM sends. A policy that is not
 * among these counts as writing, as those do that AWS adds later. Levels are those that `privilegeOf` gives of the texts.
 */
const admin = ['AWSMcpServiceActionsFullAccess'];

const escalation = words(`
  AWSAppRunnerFullAccess AWSApplicationMigrationSSMAccess AWSBackupServiceRolePolicyForRestores AWSBatchServiceRole
  AWSCloud9Administrator AWSCloud9EnvironmentMember AWSCloud9User AWSCodeBuildAdminAccess AWSCodeBuildDeveloperAccess
  AWSCodePipeline_FullAccess AWSCodeStarServiceRole AWSDataLifecycleManagerSSMFullAccess AWSDeepRacerServiceRolePolicy
  AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy AWSElasticBeanstalkService AWSElasticDisasterRecoveryLaunchActionsPolicy
  AWSFaultInjectionSimulatorEC2Access AWSFaultInjectionSimulatorECSAccess AWSFaultInjectionSimulatorSSMAccess AWSLambda_FullAccess
  AWSMarketplaceFullAccess AWSQuickSetupDistributorPermissionsBoundary AWSQuickSetupManagedInstanceProfileExecutionPolicy
  AWSQuickSetupPatchPolicyPermissionsBoundary AWSQuickSetupSSMHostMgmtPermissionsBoundary AWSRefactoringToolkitFullAccess
  AWSRoboMakerServiceRolePolicy AWSSystemsManagerJustInTimeAccessTokenPolicy AccountManagementFromVercel
  AdministratorAccess-AWSElasticBeanstalk AdministratorAccess-Amplify AmazonDataZoneSageMakerEnvironmentRolePermissionsBoundary
  AmazonDynamoDBFullAccess AmazonDynamoDBFullAccesswithDataPipeline AmazonEC2ContainerServiceEventsRole AmazonEC2SpotFleetTaggingRole
  AmazonECS_FullAccess AmazonEKSComputePolicy AmazonElasticMapReduceFullAccess AmazonElasticMapReduceRole AmazonSSMAutomationRole
  AmazonSSMFullAccess AmazonSSMMaintenanceWindowRole AmazonSageMakerFullAccess AmazonSageMakerPipelinesIntegrations
  AmazonSageMakerServiceCatalogProductsCloudformationServiceRolePolicy AmazonSageMakerServiceCatalogProductsCodeBuildServiceRolePolicy
  AmazonSageMakerServiceCatalogProductsLambdaServiceRolePolicy DataScientist EC2FastLaunchFullAccess EC2InstanceConnect
  SageMakerStudioAdminIAMDefaultExecutionPolicy SageMakerStudioAdminIAMPermissiveExecutionPolicy SageMakerStudioEMRInstanceRolePolicy
  SageMakerStudioProjectUserRolePermissionsBoundary SageMakerStudioProjectUserRolePolicy SageMakerStudioUserIAMDefaultExecutionPolicy
  SageMakerStudioUserIAMPermissiveExecutionPolicy ServerMigrationServiceLaunchRole SystemAdministrator
`);

const read = words(`
  AWSAccountActivityAccess AWSAccountUsageReportAccess AWSAppRunnerServicePolicyForECRAccess AWSArtifactAccountSync
  AWSBackupServiceRolePolicyForIndexing AWSCloudMapDiscoverInstanceAccess AWSConfigRoleForOrganizations
  AWSElasticDisasterRecoveryNetworkReplicationPolicy AWSIncidentManagerIncidentAccessServiceRolePolicy AWSIoTDeviceDefenderAudit
  AWSMarketplaceGetEntitlements AWSMigrationHubOrchestratorInstanceRolePolicy AWSQuickSetupPatchPolicyBaselineAccess
  AWSQuickSightDescribeRDS AWSQuickSightDescribeRedshift AWSQuickSightIoTAnalyticsAccess AWSQuickSightListIAM
  AWSTransformSecretsManagerConnectorPolicy AmazonApplicationRecoveryControllerRegionSwitchPlanExecutionPolicy
  AmazonEC2ImageReferencesAccessPolicy AmazonEC2RoleforAWSCodeDeploy AmazonEC2RoleforAWSCodeDeployLimited
  AmazonEKSFargatePodExecutionRolePolicy AmazonGrafanaCloudWatchAccess AmazonMacieServiceRole
  AmazonMobileAnalyticsFinancialReportAccess AmazonMobileAnalyticsNon-financialReportAccess AmazonNimbleStudio-LaunchProfileWorker
  AmazonPrometheusQueryAccess AmazonSSMPatchAssociation AmazonSageMakerHyperPodTrainingOperatorAccess
  AmazonSageMakerPartnerServiceCatalogProductsLambdaServiceRolePolicy AmazonVPCReachabilityAnalyzerPathComponentReadPolicy
  CloudWatchAutomaticDashboardsAccess ElementalActivationsDownloadSoftwareAccess GreengrassOTAUpdateArtifactAccess
  ROSAWorkerInstancePolicy SageMakerStudioBedrockFunctionExecutionRolePolicy SageMakerStudioDomainServiceRolePolicy SecurityAudit
`);

/** They deny, or allow nothing without a policy of the organisation or a task of the root user. */
const none = words(`
  AWSCompromisedKeyQuarantine AWSCompromisedKeyQuarantineV2 AWSCompromisedKeyQuarantineV3
  AWSIAMIdentityCenterAllowListForIdentityContext IAMAuditRootUserCredentials IAMCreateRootUserPassword IAMDeleteRootUserCredentials
  S3UnlockBucketPolicy SQSUnlockQueuePolicy
`);

const levels: ReadonlyMap<string, PrivilegeLevel> = new Map([
  ...admin.map((name) => [name, 'admin'] as const),
  ...escalation.map((name) => [name, 'escalation'] as const),
  ...read.map((name) => [name, 'read'] as const),
  ...none.map((name) => [name, 'none'] as const),
]);

/** Those whose text is short and known, and counts beside denials and boundaries. */
const texts: Readonly<Record<string, string>> = {
  AdministratorAccess: allow({ Action: '*' }),
  IAMFullAccess: allow({ Action: 'iam:*' }),
  PowerUserAccess: allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
  AWSDenyAll: JSON.stringify({ Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }),
};

/** What AWS attaches to a user one of whose keys was found in public. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html */
export const quarantine = /^AWSCompromisedKeyQuarantine/;

export type AwsPolicy = { readonly name: string; readonly statements: readonly Statement[] } | NamedPolicy;

/** Undefined: not a policy of AWS, or one that it keeps for its own services, of which nobody else may have it. */
export function awsPolicy(arn: string): AwsPolicy | undefined {
  const path = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const name = path?.split('/').at(-1);
  if (path === undefined || name === undefined || path.startsWith('aws-service-role/')) return undefined;
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text !== undefined) return { name, statements: parseStatements(text, name) };
  return { name, level: levels.get(name) ?? (/Read[-_]?Only|ViewOnly/i.test(name) ? 'read' : 'write') };
}

function allow(actions: object): string {
  return JSON.stringify({ Statement: { Effect: 'Allow', ...actions, Resource: '*' } });
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
