import { type Refusal, causes, classifyCommon } from '../../src/connector/refusal.ts';
import { RefusedAnswer } from './refused-answer.ts';

/** Resource Graph answered for a part of what was asked, without a link to the rest. */
export class TruncatedError extends Error {
  override readonly name = 'TruncatedError';
}

/** Neither a vault nor Resource Manager lists what is in it. The vault's word counts: it tells what to change. */
export class VaultClosedError extends Error {
  override readonly name = 'VaultClosedError';
  readonly refusal: Refusal;

  constructor(vault: Refusal, otherwise: string) {
    super(`${vault.detail.replace(/\.$/, '')}; ${otherwise}`);
    this.refusal = { ...vault, detail: this.message };
  }
}

/** The login's own token lacks permissions, which the refusal does not name. */
export class NotGrantedError extends Error {
  override readonly name = 'NotGrantedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, missing: readonly string[], options: ErrorOptions) {
    super(`${refusal.detail.replace(/\.$/, '')}; the token lacks ${missing.join(', ')}`, options);
    this.refusal = { ...refusal, detail: this.message, requires: missing };
  }
}

const loginErrors = new Set([
  'AuthenticationError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
  'AuthenticationRequiredError',
]);

/** What helps against each of Key Vault's inner codes. https://learn.microsoft.com/en-us/azure/key-vault/general/rest-error-codes */
const vaultNeeds: Readonly<Record<string, string>> = {
  ForbiddenByRbac: 'Key Vault Reader',
  ForbiddenByPolicy: 'access policy: secrets/list',
  AccessDenied: 'access policy: secrets/list',
  ForbiddenByFirewall: 'vault firewall: this address',
  ForbiddenByConnection: 'vault network: private endpoint',
};

export function classify(error: unknown): Refusal | undefined {
  const common = classifyCommon(error);
  if (common) return common;
  for (const each of causes(error)) {
    if (each instanceof VaultClosedError || each instanceof NotGrantedError) return each.refusal;
    if (each instanceof RefusedAnswer) return fromAnswer(each);
    if (each instanceof TruncatedError) return { why: 'not-looked', detail: each.message };
    if (!(each instanceof Error)) continue;
    if (loginErrors.has(each.name)) return { why: 'login-failed', detail: firstLine(each.message) };
    if (each.name === 'RestError') return fromRestError(each);
    // Key Vault's client gives its token to no host that names another one in its challenge; it has no error class for that.
    if (each.message.startsWith('The challenge ')) return { why: 'malformed-response', detail: firstLine(each.message) };
  }
  return undefined;
}

function fromAnswer({ status, code, innerCode, message }: RefusedAnswer): Refusal {
  if (status === 429) return { why: 'throttled', detail: message };
  if (status === 401) return { why: 'login-failed', detail: message };
  if (isUnlicensed(code, message)) return { why: 'not-licensed', detail: message };
  if (status === 403) {
    const need = innerCode === undefined ? undefined : vaultNeeds[innerCode];
    return {
      why: 'permission-denied',
      detail: message,
      ...(need === undefined ? {} : { requires: [need] }),
    };
  }
  // The cloud's API lacks a field or path that we asked for; the wording says which.
  if (status === 400) return { why: 'not-offered', detail: message };
  return { why: 'unreachable', detail: message };
}

const unlicensed = new Set(['AadPremiumLicenseRequired', 'Authentication_RequestFromNonPremiumTenantOrB2CTenant']);

// https://learn.microsoft.com/en-us/entra/identity/monitoring-health/reference-reports-data-retention: reports need a P1 or P2 licence.
function isUnlicensed(code: string | undefined, message: string): boolean {
  return unlicensed.has(code ?? '') || /premium license/i.test(message);
}

/** A RestError with a status is an answer that the catching policy let through; one without is an answer that did not parse. */
function fromRestError(error: Error): Refusal {
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 200;
  if (status === 401)
    return {
      why: 'login-failed',
      detail: 'HTTP 401: the token was not accepted',
    };
  if (status >= 300) return fromAnswer(new RefusedAnswer(status, undefined));
  // Its message quotes the body, which is nobody's business here.
  return {
    why: 'malformed-response',
    detail: 'an answer that is not the JSON it should be',
  };
}

function firstLine(message: string): string {
  return (message.split(/[\r\n]/)[0] ?? '').slice(0, 300);
}
