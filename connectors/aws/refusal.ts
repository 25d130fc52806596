import type { Refusal } from '../../src/connector/refusal.ts';
import { causes, classifyCommon } from '../../src/connector/refusal.ts';
import type { UnknownReason } from '../../src/model/fact.ts';
import { throttlingCodes } from './budget.ts';
import { ReportLateError } from './credential-report-request.ts';
import { RegionsUnreadError } from './enabled-regions.ts';
import { NotOfferedHereError } from './offered-here.ts';

/** Error codes of AWS, and names of the SDK's own errors, that say why a door is closed. */
const reasons: Readonly<Record<string, UnknownReason>> = {
  AccessDenied: 'permission-denied',
  AccessDeniedException: 'permission-denied',
  AuthorizationError: 'permission-denied',
  UnauthorizedException: 'permission-denied',
  UnauthorizedOperation: 'permission-denied',
  AuthFailure: 'login-failed',
  CredentialsProviderError: 'login-failed',
  ExpiredToken: 'login-failed',
  ExpiredTokenException: 'login-failed',
  IncompleteSignature: 'login-failed',
  IncompleteSignatureException: 'login-failed',
  InvalidClientTokenId: 'login-failed',
  InvalidSignatureException: 'login-failed',
  MissingAuthenticationToken: 'login-failed',
  MissingAuthenticationTokenException: 'login-failed',
  RequestExpired: 'login-failed',
  SignatureDoesNotMatch: 'login-failed',
  TokenProviderError: 'login-failed',
  UnrecognizedClientException: 'login-failed',
  InvalidAction: 'not-enabled',
  OptInRequired: 'not-enabled',
  RegionDisabledException: 'not-enabled',
  SubscriptionRequiredException: 'not-enabled',
  UnknownOperationException: 'not-enabled',
  InternalFailure: 'unreachable',
  InternalServiceError: 'unreachable',
  ServiceFailureException: 'unreachable',
  ServiceUnavailable: 'unreachable',
};

/** Answers with the same code where a region is not enabled for the account, and where a session token is not valid in it. */
const regionMayBeOff = new Set(['InvalidClientTokenId', 'UnrecognizedClientException']);

/** What the SDK adds to an error of a service, or to an answer that it could not parse. */
type SdkError = Error & {
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: unknown;
};

export function classify(error: unknown): Refusal | undefined {
  for (const each of causes(error)) {
    const refusal = each instanceof Error ? classifyOne(each) : undefined;
    if (refusal) return refusal;
  }
  return classifyCommon(error);
}

function classifyOne(error: SdkError): Refusal | undefined {
  if (error instanceof ReportLateError) return { why: 'timed-out', detail: error.message };
  if (error instanceof NotOfferedHereError) return { why: 'not-enabled', detail: error.message };
  if (error instanceof RegionsUnreadError) return unreadRegions(error);
  const why = throttlingCodes.has(error.name) ? 'throttled' : reasons[error.name];
  if (why === 'permission-denied') return { why, detail: sentence(error), ...missingPermission(error.message) };
  if (why !== undefined)
    return {
      why,
      detail: regionMayBeOff.has(error.name)
        ? `${sentence(error)} (wrong key, or a region that is not enabled for the account)`
        : sentence(error),
    };
  if (error.$fault !== undefined) return { why: reasonByStatus(error) ?? 'malformed-response', detail: sentence(error) };
  if (error.$response !== undefined) return unreadable(error);
  return undefined;
}

/** Why the regions of an account are not known, and what would tell them: not the permissions of what is looked at in them. */
function unreadRegions({ message, cause }: RegionsUnreadError): Refusal | undefined {
  const refusal = classify(cause);
  return (
    refusal && {
      why: refusal.why,
      detail: `${message}, since the regions of the account could not be listed: ${refusal.detail}`,
      ...(refusal.why === 'permission-denied' ? { requires: ['account:ListRegions'] } : {}),
    }
  );
}

/** The body is not quoted: it may hold anything. */
function unreadable(error: SdkError): Refusal {
  const status = error.$metadata?.httpStatusCode;
  return {
    why: reasonByStatus(error) ?? 'malformed-response',
    detail: `an answer with status ${String(status ?? 'unknown')} that is not what the API documents`,
  };
}

/** For answers without a code of AWS, as those of a proxy in between. */
function reasonByStatus({ $metadata }: SdkError): UnknownReason | undefined {
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 401 || status === 403) return 'permission-denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unreachable' : undefined;
}

function missingPermission(message: string): Pick<Refusal, 'requires'> {
  const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  return action === undefined ? {} : { requires: [action] };
}

function sentence({ name, message }: Error): string {
  const line = message.replaceAll(/\s+/g, ' ').trim().slice(0, 400);
  return line === '' || line === name ? name : `${name}: ${line}`;
}
