import { expect, test } from 'vitest';
import { gcp } from '../../../connectors/gcp/index.ts';
import { inventoryStream, kindsOf } from '../../../src/collect/inventory-stream.ts';
import { day } from '../../../src/model/duration.ts';
import { epoch, instant } from '../../../src/model/instant.ts';
import type { Collected } from '../../../src/model/inventory.ts';
import type { Result } from '../../../src/model/result.ts';
import { folderWith } from '../../cli/folder-with.ts';
import { overdue } from '../../cli/overdue.ts';
import { type Answer, account, email, google, key, lookAtGoogle, now, refused } from './rig.ts';

const project = 'larkspur-analytics';
const daysFromNow = (days: number): string => instant(epoch(now) + days * day) ?? now;

/** Ages, days until the end (none: no end), and days since the last use (none: nobody saw any), each with each. */
const ages = [1, 13, 20, 31, 45, 61, 95];
const ends = [-3, 10, 35, 90, 400, undefined];
const uses = [0, 13, 20, 40, 60, undefined];
const cases = ages.flatMap((age) => ends.flatMap((end) => uses.map((use) => ({ age, end, use }))));

function entry(what: string, use: number | undefined): object {
  return {
    fullResourceName: `//iam.googleapis.com/projects/${project}/serviceAccounts/${what}`,
    observationPeriod: { startTime: daysFromNow(-400), endTime: daysFromNow(0) },
    activity: use === undefined ? {} : { lastAuthenticatedTime: daysFromNow(-use) },
  };
}

const asset = (assetType: string, data: object): object => ({ assetType, resource: { data } });
const listed = cases.map(({ age, end, use }, index) => {
  const name = `a${String(index)}`;
  const times = { validAfterTime: daysFromNow(-age), ...(end === undefined ? {} : { validBeforeTime: daysFromNow(end) }) };
  return { name, key: key(name, 'k', times), use };
});
const inventory: Answer = {
  body: {
    readTime: daysFromNow(0),
    assets: [
      asset('cloudresourcemanager.googleapis.com/Project', { projectId: project }),
      ...listed.flatMap(({ name, key }) => [
        asset('iam.googleapis.com/ServiceAccount', account(name)),
        asset('iam.googleapis.com/ServiceAccountKey', key),
      ]),
    ],
  },
};

/** IAM knows none of the keys any more, so that what is left was taken from the inventory. */
function respond(request: Parameters<typeof gcp.operationOf>[0]): Answer {
  if (request.url.includes('/assets?')) return request.url.includes('=RESOURCE') ? inventory : refused(403, 'PERMISSION_DENIED', 'no');
  return google({
    accounts: listed.map(({ name }) => account(name)),
    uses: {
      serviceAccountLastAuthentication: { body: { activities: listed.map(({ name }) => entry(email(name), 0)) } },
      serviceAccountKeyLastAuthentication: { body: { activities: listed.map(({ name, use }) => entry(`${email(name)}/keys/k`, use)) } },
    },
  })(request);
}

async function* stream(records: readonly Collected[]): AsyncGenerator<Collected> {
  for (const record of records) yield await Promise.resolve(record);
}

test.each(['baseline', 'strict'])('nothing that is taken from the inventory fails a policy of %s over its life or its use', async (set) => {
  const { records } = await lookAtGoogle(respond, {
    settings: { projects: [project], organizations: ['1'] },
    surfaces: ['gcp.service_account_key'],
  });
  expect(records.length).toBeGreaterThan(20);
  expect(records.length).toBeLessThan(cases.length / 2);

  const frame = { tool: { name: 'overdue', version: '0.0.0-test' }, startedAt: now, now: () => now, interrupted: () => false };
  const lines: string[] = [];
  for await (const line of inventoryStream(stream(records), kindsOf([gcp]), frame)) lines.push(JSON.stringify(line));
  const cwd = await folderWith({ 'inventory.ndjson': `${lines.join('\n')}\n` });
  const { stdout, stderr } = await overdue(['evaluate', 'inventory.ndjson', '--policy', `builtin:${set}`, '-f', 'json'], { cwd });
  if (stdout === '') throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as Result;
  const failing = findings.filter(({ verdict, theme }) => verdict === 'fail' && ['expiry', 'rotation', 'usage'].includes(theme));
  expect(failing.map(({ policy, subject, reason }) => `${policy} ${subject.id} ${reason}`)).toEqual([]);
});
