import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { handlerOver } from '../../../connectors/aws/transport.ts';
import type { Wire, WireRequest, WireResponse } from '../../../src/connector/wire.ts';

export const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

/** Real clients whose network is a function. */
export function iamOver(wire: Wire): IAM {
  return new IAM(configOver(wire));
}
export function secretsManagerOver(wire: Wire): SecretsManager {
  return new SecretsManager(configOver(wire));
}

function configOver(wire: Wire) {
  return {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
    maxAttempts: 1,
    ignoreConfiguredEndpointUrls: true,
    requestHandler: handlerOver(wire, new AbortController().signal),
  };
}

export function actionOf({ body }: WireRequest): string {
  return new URLSearchParams(body ?? '').get('Action') ?? '';
}

export function xml(body: string, status = 200): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
export function json(body: unknown, status = 200): WireResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

/** `<GetCredentialReportResponse>…` with what is inside its result. */
export function result(action: string, inside: string): WireResponse {
  return xml(`<${action}Response xmlns="${namespace}"><${action}Result>${inside}</${action}Result></${action}Response>`);
}
export function refused(status: number, code: string, message: string): WireResponse {
  return xml(
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    status,
  );
}
