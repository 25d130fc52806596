// https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleassignmentscheduleinstances
import type { Operation } from '../../src/connector/contract.ts';
import { type Fact, absent } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';
import { textTime } from './text-time.ts';

/** Refused without a P2 licence: then nobody says whether a role ends. */
export const roleEndsOperation = {
  call: 'GET /v1.0/roleManagement/directory/roleAssignmentScheduleInstances',
  permission: 'RoleAssignmentSchedule.Read.Directory',
  facts: ['expiresAt'],
} as const satisfies Operation;

/** When role assignments end, by their id; absent for one that does not. */
export const roleEnds = oncePerSession(async (session: Session): Promise<ReadonlyMap<string, Fact<Instant>>> => {
  const graph = await session.graph();
  const ends = new Map<string, Fact<Instant>>();
  const address = '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$select=id,roleAssignmentOriginId,endDateTime';
  for await (const page of graph.pages(address, '@odata.nextLink', session.signal)) {
    for (const { roleAssignmentOriginId, endDateTime } of page) {
      const id = text(roleAssignmentOriginId);
      if (id !== undefined) ends.set(id, endDateTime === null || endDateTime === undefined ? absent() : textTime(endDateTime));
    }
  }
  return ends;
});
