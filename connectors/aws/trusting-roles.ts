import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known } from '../../src/model/fact.ts';
import type { AccountSession } from './session.ts';
import { parseTrustPolicy } from './trust-policy.ts';

/** ARNs of roles by the issuer whose word lets somebody into them. Only roles of the account can name its providers. */
export type TrustingRoles = ReadonlyMap<string, readonly string[]>;

/** Throws MalformedError where one role's policy cannot be read: it may be the one that trusts. */
export async function trustingRoles({ authorizationDetails }: AccountSession): Promise<TrustingRoles> {
  const trusting = new Map<string, string[]>();
  for await (const { roles } of authorizationDetails) {
    for (const { Arn = '', AssumeRolePolicyDocument } of roles) {
      if (AssumeRolePolicyDocument === undefined) throw new MalformedError(`${Arn} without its trust policy`);
      for (const issuer of new Set(parseTrustPolicy(AssumeRolePolicyDocument, '').map((trust) => trust.issuer))) {
        const before = trusting.get(issuer);
        if (before) before.push(Arn);
        else trusting.set(issuer, [Arn]);
      }
    }
  }
  return trusting;
}

/** The roles that trust an issuer; absent where none does, so that it lets nobody in. */
export function consumersOf(issuer: string, trusting: Fact<TrustingRoles>): Fact<readonly string[]> {
  if (trusting.state !== 'known') return trusting;
  const roles = trusting.value.get(issuer);
  return roles ? known(roles) : absent();
}
