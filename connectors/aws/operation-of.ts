import type { WireRequest } from '../../src/connector/wire.ts';
import { restRoutes } from './rest-routes.ts';

/** Prefix of the permission by the service in `x-amz-target`. */
const jsonServices: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  ACMPrivateCA: 'acm-pca',
  AmazonSSM: 'ssm',
  AWSCognitoIdentityProviderService: 'cognito-idp',
  AWSEvents: 'events',
  CertificateManager: 'acm',
  CodeBuild_20161006: 'codebuild',
  secretsmanager: 'secretsmanager',
  TransferService: 'transfer',
  TrentService: 'kms',
};

/** Prefix of the permission by the version in the form of a query. */
const queryServices: Readonly<Record<string, string>> = {
  '2010-05-08': 'iam',
  '2014-10-31': 'rds',
  '2016-11-15': 'ec2',
};

/** What STS is asked to get into other accounts; the rest of it is login. */
const entrances = new Set(['AssumeRole', 'AssumeRoot']);
const stsVersion = '2011-06-15';

/** `iam:ListAccessKeys` or `secretsmanager:ListSecrets`; '' for single sign-on and everything else a login needs. */
export function operationOf({ method, url, headers, body }: WireRequest): string {
  const [target, operation] = headers['x-amz-target']?.split('.') ?? [];
  if (target !== undefined) return named(jsonServices[target], operation);
  const form = new URLSearchParams(body ?? '');
  const action = form.get('Action');
  const version = form.get('Version') ?? '';
  if (action !== null && version === stsVersion) return entrances.has(action) ? `sts:${action}` : '';
  if (action !== null) return named(queryServices[version], action);
  const { pathname } = new URL(url);
  return restRoutes.find((route) => route.method === method && route.path.test(pathname))?.call ?? '';
}

function named(service: string | undefined, operation: string | undefined): string {
  return service === undefined || operation === undefined ? '' : `${service}:${operation}`;
}
