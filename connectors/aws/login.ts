import type { ConnectContext } from '../../src/connector/contract.ts';
import { UnreachableError, causes } from '../../src/connector/refusal.ts';
import { required } from '../../src/connector/item.ts';
import type { Wire } from '../../src/connector/wire.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { loginBudget } from './budget.ts';
import { homeRegion } from './home-region.ts';
import { remembered } from './remembered.ts';
import type { Settings } from './settings.ts';
import { handlerOver } from './transport.ts';

export type Credentials = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}>;
/** Who asks, and how to build clients that ask in that name. */
export type Login = {
  readonly account: string;
  /** `aws`, `aws-us-gov`, `aws-cn` …: the second part of every ARN. */
  readonly partition: string;
  /** Where global services are reached from, which also names the partition. */
  readonly region: string;
  readonly credentials: Credentials;
  readonly context: ConnectContext;
  readonly settings: Settings;
};

/** Finds credentials as every AWS tool does, and asks STS whose they are. Throws OperatorError where there are none. */
export async function logIn(settings: Settings, context: ConnectContext): Promise<Login> {
  const [named] = settings.regions === 'all' ? [] : (settings.regions ?? []);
  const region = named ?? (await homeRegion(settings, context));
  const credentials = await ownCredentials(settings, context, region);
  const { STS } = await import('@aws-sdk/client-sts');
  const sts = new STS(clientConfig({ settings, context, region, credentials, wire: context.wire(loginBudget) }));
  try {
    const caller = await sts.getCallerIdentity({}, { abortSignal: context.signal });
    const [, partition] = required(caller.Arn, 'Arn').split(':');
    return {
      account: required(caller.Account, 'Account'),
      partition: required(partition, 'a partition'),
      region,
      credentials,
      context,
      settings,
    };
  } catch (error) {
    throw unlessUnknownRegion(error, region);
  }
}

export type ClientOptions = {
  readonly settings: Settings;
  readonly context: ConnectContext;
  readonly region: string;
  readonly credentials: Credentials;
  readonly wire: Wire;
};

export type ClientConfig = ReturnType<typeof clientConfig>;

/** What every client is built with: the wire paces and asks again, so the SDK does not. */
export function clientConfig({ settings, context, region, credentials, wire }: ClientOptions) {
  return {
    region,
    credentials,
    maxAttempts: 1,
    customUserAgent: 'overdue',
    requestHandler: handlerOver(wire, context.signal),
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    // A recording answers the addresses that AWS has, whatever this machine is configured for.
    ...(context.replaying ? { ignoreConfiguredEndpointUrls: true, useFipsEndpoint: false, useDualstackEndpoint: false } : {}),
  };
}

async function ownCredentials({ profile }: Settings, context: ConnectContext, region: string): Promise<Credentials> {
  if (context.replaying) return placeholder;
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const requestHandler = handlerOver(context.wire(loginBudget), context.signal);
  const chain = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    clientConfig: { requestHandler, maxAttempts: 1 },
  });
  // The region counts only where the profile names none itself.
  const find: Credentials = () => chain({ callerClientConfig: { region: () => Promise.resolve(region) } });
  try {
    await find();
  } catch (error) {
    throw unlessMissing(error, profile);
  }
  return find;
}

export type RoleOptions = { readonly arn: string; readonly externalId?: string; readonly sessionName?: string };

/** Credentials of a role, asked for at first use and again shortly before they expire. A recording answers too: a role may have refused. */
export function assumeRole({ arn, externalId, sessionName }: RoleOptions, { credentials, context, settings, region }: Login): Credentials {
  return remembered(
    async () => {
      const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
      const { endpoint, ...config } = clientConfig({ settings, context, region, credentials, wire: context.wire(loginBudget) });
      return fromTemporaryCredentials({
        masterCredentials: credentials,
        params: {
          RoleArn: arn,
          RoleSessionName: sessionName ?? 'overdue',
          ...(externalId === undefined ? {} : { ExternalId: externalId }),
        },
        clientConfig: { ...config, ...(endpoint === undefined ? {} : { endpoint }) },
      })();
    },
    () => context.now(),
  );
}

/** A session may last 15 minutes. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
const rootSession = 900;

/** Credentials of the root user of a member account that can read what credentials this user has, and do nothing else. */
export function assumeRoot(account: string, login: Login): Credentials {
  const { context, partition } = login;
  return remembered(
    async () => {
      const { STS } = await import('@aws-sdk/client-sts');
      const sts = new STS(clientConfig({ ...login, wire: context.wire(loginBudget) }));
      const answer = await sts.assumeRoot(
        {
          TargetPrincipal: account,
          TaskPolicyArn: { arn: `arn:${partition}:iam::aws:policy/root-task/IAMAuditRootUserCredentials` },
          DurationSeconds: rootSession,
        },
        { abortSignal: context.signal },
      );
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = required(answer.Credentials, 'Credentials');
      return {
        accessKeyId: required(AccessKeyId, 'AccessKeyId'),
        secretAccessKey: required(SecretAccessKey, 'SecretAccessKey'),
        sessionToken: required(SessionToken, 'SessionToken'),
        ...(Expiration === undefined ? {} : { expiration: Expiration }),
      };
    },
    () => context.now(),
  );
}

const placeholder: Credentials = () => Promise.resolve({ accessKeyId: 'REPLAYED', secretAccessKey: 'REPLAYED' });

/** Nothing usable is configured: the operator's to put right. A login that was there and has expired is a refusal. */
function unlessMissing(error: unknown, profile: string | undefined): unknown {
  for (const each of causes(error)) {
    if (!(each instanceof Error) || each.name !== 'CredentialsProviderError' || /expired|invalid|refresh/i.test(each.message)) continue;
    return new OperatorError('login-missing', {
      message: `no AWS credentials${profile === undefined ? '' : ` in profile ${profile}`}: ${each.message}`,
      hint: 'run `aws configure` or `aws sso login`, or set AWS_PROFILE; `overdue doctor` shows what is found',
    });
  }
  return error;
}

function unlessUnknownRegion(error: unknown, region: string): unknown {
  for (const each of causes(error)) {
    if (!(each instanceof UnreachableError) || !each.message.includes('ENOTFOUND')) continue;
    return new OperatorError('region-unknown', {
      message: `AWS has no address for region ${region}: ${each.message}`,
      hint: 'check the spelling of AWS_REGION or connectors.aws.regions, and that this machine can resolve names',
    });
  }
  return error;
}
