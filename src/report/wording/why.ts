import type { UnknownReason } from '../../model/fact.ts';

const whys: Readonly<Record<UnknownReason, string>> = {
  'permission-denied': 'permission denied',
  'not-offered': 'the provider does not say',
  'not-enabled': 'the service that knows is off',
  'not-licensed': 'the licence does not include it',
  throttled: 'throttled by the provider',
  unreachable: 'no answer from the provider',
  'timed-out': 'the time limit came first',
  cancelled: 'the run was stopped',
  'malformed-response': 'the answer could not be read',
  'login-failed': 'the login failed',
  'not-looked': 'not looked at',
  'no-source': 'no source was given',
  'not-in-source': 'not in a source that may be incomplete',
  stale: 'the evidence is too old',
};

export function why(reason: UnknownReason): string {
  return whys[reason];
}
