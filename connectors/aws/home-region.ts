import type { ConnectContext } from '../../src/connector/contract.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type Settings, regionPattern } from './settings.ts';

/** The region of the environment, else that of the profile. AWS_DEFAULT_REGION is read by the AWS command line alone, but meant for all. */
export async function homeRegion(settings: Settings, { env, replaying }: ConnectContext): Promise<string> {
  const named = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const region = named === undefined || named === '' ? await profileRegion(settings, replaying) : named;
  if (new RegExp(regionPattern).test(region)) return region;
  throw new OperatorError('region-invalid', {
    message: `not an AWS region: ${region}`,
    hint: 'regions look like eu-west-1; see AWS_REGION and connectors.aws.regions',
  });
}

async function profileRegion({ profile }: Settings, replaying: boolean): Promise<string> {
  if (replaying) throw missing('a recording does not name the region');
  const { STSClient } = await import('@aws-sdk/client-sts');
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error));
  }
}

function missing(why: string): OperatorError {
  return new OperatorError('region-missing', {
    message: `no AWS region is configured (${why})`,
    hint: 'set AWS_REGION, a region in the profile, or connectors.aws.regions',
  });
}
