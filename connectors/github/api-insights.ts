// https://docs.github.com/enterprise-cloud@latest/rest/orgs/api-insights
import type { Look } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import { type Unsure, moment } from './field.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import type { GitHubSession } from './session.ts';

export const subjectStats = 'GET /orgs/{org}/insights/api/subject-stats';
export const userStats = 'GET /orgs/{org}/insights/api/user-stats/{user_id}';

/** Last requests to the REST API, by number. */
export type LastRequests = ReadonlyMap<string, Fact<Instant>>;

/** As documented; Octokit's method types leave them out. */
export type SubjectStat = { readonly subject_type: string; readonly subject_id: number; readonly last_request_timestamp: string };
export type UserStat = { readonly actor_type: string; readonly actor_id: number; readonly last_request_timestamp: string };
type Row = Unsure<SubjectStat & UserStat> | null;

/** Installations of Apps, by the number of the installation. */
export async function installationUse(session: GitHubSession, look: Look): Promise<Fact<LastRequests>> {
  return look.learn(async () => {
    const rows = await read(session, look, subjectStats, {});
    return known(
      lastRequests(
        rows.filter((row) => String(row?.subject_type).toLowerCase() === 'installation'),
        (row) => row?.subject_id,
      ),
    );
  });
}

/** Classic tokens of one user, by the number of the token. */
export async function classicTokenUse(session: GitHubSession, look: Look, userId: string): Promise<Fact<LastRequests>> {
  return look.learn(async () => {
    const rows = await read(session, look, userStats, { user_id: userId });
    return known(
      lastRequests(
        rows.filter((row) => String(row?.actor_type).toLowerCase() === 'classic_pat'),
        (row) => row?.actor_id,
      ),
    );
  });
}

async function read(
  { client, organization }: GitHubSession,
  look: Look,
  route: string,
  more: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const parameters = { org: organization.login, ...more, ...insightWindow(look.now()) };
  const { items, broke } = await readThrough(pages<Row>(client, { route, parameters }, look.signal));
  if (broke) throw broke.error;
  return items;
}

function lastRequests(rows: readonly Row[], idOf: (row: Row) => unknown): LastRequests {
  const missing = unknown('malformed-response', 'a row of the API insights without its time');
  return new Map(rows.map((row) => [String(idOf(row)), moment(row?.last_request_timestamp, missing)]));
}

/** GitHub answers for 31 days at most. Whole hours, so that a recording answers again; the statistics are hours late anyway. */
export function insightWindow(now: Instant): { readonly min_timestamp: string; readonly max_timestamp: string } {
  const hour = 3_600_000;
  const end = Math.floor(epoch(now) / hour) * hour;
  return { min_timestamp: at(end - 30 * 24 * hour), max_timestamp: at(end) };
}

function at(milliseconds: number): string {
  return instant(milliseconds) ?? '';
}
