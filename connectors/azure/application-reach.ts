import type { Look, Operation } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Json, text } from './json.ts';
import { principalByApp } from './principal-pages.ts';
import type { Privilege } from './privilege.ts';
import { type Reaches, reachOf, reachOperations, reachesIn } from './reach.ts';
import type { Session } from './session.ts';

/** An application acts as its service principal: what that holds, its credentials open. */
export type ApplicationReaches = {
  readonly reaches: Reaches;
  /** Service principals by application id. */
  readonly principals: Fact<ReadonlyMap<string, string>>;
};

export const applicationReachOperations: readonly Operation[] = reachOperations('application');

export async function applicationReachesIn(session: Session, look: Look): Promise<ApplicationReaches> {
  const [reaches, principals] = await Promise.all([
    reachesIn('application', session, look),
    look.learn(async () => known(await principalByApp(session))),
  ]);
  return { reaches, principals };
}

/** Without a service principal it cannot act in this tenant at all. */
export function reachOfApplication({ appId }: Json, { principals, reaches }: ApplicationReaches): Fact<Privilege> {
  if (principals.state !== 'known') return principals.state === 'unknown' ? principals : unknown('not-looked');
  return reachOf(principals.value.get(text(appId) ?? ''), reaches);
}
