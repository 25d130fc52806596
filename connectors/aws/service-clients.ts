import type { Budget } from '../../src/connector/pace.ts';
import { serviceBudget } from './budget.ts';
import { type ClientConfig, type Credentials, type Login, clientConfig } from './login.ts';
import { noticeAbsence } from './offered-here.ts';

/**
 * The client of one service, made once a place. The surface brings the import, so that the SDK of a service that nobody looks at
 * is never loaded.
 */
export type Service = <Client>(load: () => Promise<new (config: ClientConfig) => Client>, budget?: Budget) => Promise<Client>;

export function serviceOf(scope: string, region: string, credentials: Credentials, login: Login): Service {
  const made = new Map<unknown, unknown>();
  return async (load, budget = serviceBudget) => {
    const Client = await load();
    const before = made.get(Client);
    if (before instanceof Client) return before;
    const wire = noticeAbsence(login.context.wire(budgetOf(budget, scope, login)), region);
    const client = new Client(clientConfig({ ...login, region, credentials, wire }));
    made.set(Client, client);
    return client;
  };
}

/** Requests to several accounts differ in their signature only, which no recording has: those to others than the login's say whose they are. */
export function budgetOf(budget: Budget, scope: string, { account }: Login): Budget {
  return scope.split('/')[1] === account ? budget : { ...budget, scope };
}
