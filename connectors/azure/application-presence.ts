// https://learn.microsoft.com/en-us/graph/api/application-get
import type { Look, Operation } from '../../src/connector/contract.ts';
import { applicationIds, listApplications } from './application-pages.ts';
import { type Answer, askBatch, batches, bodyOf } from './batch.ts';
import { type Json, text } from './json.ts';
import { originOf } from './principal-origin.ts';
import { RefusedAnswer } from './refused-answer.ts';
import type { Session } from './session.ts';

const getApplication = 'GET /v1.0/applications(appId={appId})';
export const applicationPresenceOperations: readonly Operation[] = [
  { call: listApplications.call, permission: listApplications.permission },
  { call: getApplication, permission: listApplications.permission },
];
export const applicationPresencePatterns: readonly (readonly [RegExp, string])[] = [
  [/^GET \/v1\.0\/applications\(appId='[^']+'\)$/, getApplication],
];

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Client ids of the applications of this tenant; a gap where they cannot be listed, since then nobody can say whose is gone. */
export async function listedApplications(session: Session, look: Look): Promise<ReadonlySet<string> | undefined> {
  try {
    return await applicationIds(session);
  } catch (error) {
    look.gap('application/*', error);
    return undefined;
  }
}

/**
 * Client ids of those service principals whose application, of this very tenant, is gone: they get no token any more, and the directory
 * calls them enabled all the same. An application may be newer than its list, so each is asked for before it is called gone; one that is
 * refused is a gap.
 */
export async function goneApplications(
  principals: readonly Json[],
  listed: ReadonlySet<string> | undefined,
  session: Session,
  look: Look,
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  if (listed === undefined) return gone;
  const own = principals.flatMap((each) => ownApplication(each, session) ?? []);
  const missing = new Set(own.filter((id) => !listed.has(id.toLowerCase())));
  for (const batch of batches([...missing])) {
    const [asked] = await Promise.allSettled([askBatch(batch.map(addressOf), session)]);
    for (const [index, id] of batch.entries()) {
      try {
        if (asked.status === 'rejected') throw asked.reason;
        if (isAbsence(asked.value[index])) gone.add(id);
      } catch (error) {
        look.gap(`application/${id}`, error);
      }
    }
  }
  return gone;
}

/** Legacy service principals never had one, and those of vendors and of Microsoft have theirs elsewhere. */
function ownApplication(principal: Json, session: Session): string | undefined {
  const id = text(principal['appId']);
  if (id === undefined || !guid.test(id) || principal['servicePrincipalType'] !== 'Application') return undefined;
  return originOf(principal, session) === 'own' ? id : undefined;
}

function addressOf(appId: string): string {
  return `/applications(appId='${appId}')?$select=id`;
}

/** A 404 without the directory's own word may come from anything on the way. */
function isAbsence(answer: Answer): boolean {
  try {
    bodyOf(answer);
    return false;
  } catch (error) {
    if (error instanceof RefusedAnswer && error.status === 404 && error.code === 'Request_ResourceNotFound') return true;
    throw error;
  }
}
