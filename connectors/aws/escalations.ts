/** Actions that, allowed on every resource, let an identity give itself the rights of another. Any one way is enough. */
export type Escalation = { readonly needs: readonly string[]; readonly lets: string };

const own = 'change its own rights';
const other = 'act as another user';
const workload = 'run code as a workload that is there';
const chosen = 'start a workload with a role of its choice';

/** IAM itself: whoever may do all of these may do everything. */
export const overIam: readonly Escalation[] = [
  { needs: ['iam:AttachUserPolicy'], lets: own },
  { needs: ['iam:AttachGroupPolicy'], lets: own },
  { needs: ['iam:AttachRolePolicy'], lets: own },
  { needs: ['iam:PutUserPolicy'], lets: own },
  { needs: ['iam:PutGroupPolicy'], lets: own },
  { needs: ['iam:PutRolePolicy'], lets: own },
  { needs: ['iam:AddUserToGroup'], lets: own },
  { needs: ['iam:CreatePolicyVersion'], lets: own },
  { needs: ['iam:SetDefaultPolicyVersion'], lets: own },
  { needs: ['iam:CreateAccessKey'], lets: other },
  { needs: ['iam:CreateLoginProfile'], lets: other },
  { needs: ['iam:UpdateLoginProfile'], lets: other },
  { needs: ['iam:UpdateAssumeRolePolicy'], lets: 'let itself into any role' },
  { needs: ['iam:UpdateSAMLProvider'], lets: 'sign in as anybody of an identity provider' },
];

const byPassedRole = [
  'apprunner:CreateService',
  'autoscaling:CreateAutoScalingGroup',
  'batch:RegisterJobDefinition',
  'bedrock-agentcore:CreateCodeInterpreter',
  'cloudformation:CreateStack',
  'codebuild:CreateProject',
  'codepipeline:CreatePipeline',
  'datapipeline:CreatePipeline',
  'ec2:AssociateIamInstanceProfile',
  'ec2:RunInstances',
  'ecs:RegisterTaskDefinition',
  'ecs:RunTask',
  'elasticmapreduce:RunJobFlow',
  'glue:CreateJob',
  'glue:UpdateJob',
  'lambda:CreateFunction',
  'lambda:UpdateFunctionConfiguration',
  'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateProcessingJob',
  'sagemaker:CreateTrainingJob',
  'ssm:StartAutomationExecution',
  'states:CreateStateMachine',
] as const;

/** Computing services whose workloads have roles. Published by several researchers; each way was shown to work. */
const overWorkloads: readonly Escalation[] = [
  ...byPassedRole.map((action) => ({ needs: ['iam:PassRole', action], lets: chosen })),
  { needs: ['sts:AssumeRole'], lets: 'act as any role that trusts the account' },
  { needs: ['codebuild:StartBuild'], lets: workload },
  { needs: ['ec2-instance-connect:SendSSHPublicKey'], lets: workload },
  { needs: ['ecs:ExecuteCommand'], lets: workload },
  { needs: ['lambda:UpdateFunctionCode'], lets: workload },
  { needs: ['sagemaker:CreatePresignedNotebookInstanceUrl'], lets: workload },
  { needs: ['ssm:SendCommand'], lets: workload },
  { needs: ['ssm:StartSession'], lets: workload },
];

export const escalations: readonly Escalation[] = [...overIam, ...overWorkloads];

/** Acts on two sorts of resource at once, of which this one decides: commands to every instance are harmless where the document is. */
export const decidedBy: Readonly<Record<string, string>> = { 'ssm:SendCommand': 'document', 'ssm:StartSession': 'instance' };

/** Every action that some way needs. */
export const criticalActions: readonly string[] = [...new Set(escalations.flatMap(({ needs }) => needs))];
