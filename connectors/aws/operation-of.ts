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

/** Prefix of the permission by the version in the form of a query. STS, which is only asked for a login, is not among them. */
const queryServices: Readonly<Record<string, string>> = {
  '2010-05-08': 'iam',
  '2014-10-31': 'rds',
  '2016-11-15': 'ec2',
};

/** `iam:ListAccessKeys` or `secretsmanager:ListSecrets`; '' for STS, single sign-on and everything else a login needs. */
export function operationOf({ method, url, headers, body }: WireRequest): string {
  const [target, operation] = headers['x-amz-target']?.split('.') ?? [];
  if (target !== undefined) return named(jsonServices[target], operation);
  const form = new URLSearchParams(body ?? '');
  const action = form.get('Action');
  if (action !== null) return named(queryServices[form.get('Version') ?? ''], action);
  const { pathname } = new URL(url);
  return restRoutes.find((route) => route.method === method && route.path.test(pathname))?.call ?? '';
}

function named(service: string | undefined, operation: string | undefined): string {
  return service === undefined || operation === undefined ? '' : `${service}:${operation}`;
}
