import { describe, expect, test } from 'vitest';
import { ReportLateError, requestCredentialReport } from '../../../connectors/aws/credential-report-request.ts';
import { classify } from '../../../connectors/aws/refusal.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { actionOf, iamOver, refused, result } from './client.ts';

const header = 'user,arn,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated';
const alice = 'alice,arn:aws:iam::111122223333:user/alice,false,N/A,false,N/A';
const content = Buffer.from(`${header}\n${alice}`).toString('base64');

const answers = {
  report: result(
    'GetCredentialReport',
    `<Content>${content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-11-20T21:30:00Z</GeneratedTime>`,
  ),
  none: refused(410, 'ReportNotPresent', 'No report exists.'),
  old: refused(410, 'ReportExpired', 'The report has expired.'),
  underWay: refused(404, 'ReportInProgress', 'The report is being generated.'),
  started: result('GenerateCredentialReport', '<State>STARTED</State>'),
  building: result('GenerateCredentialReport', '<State>INPROGRESS</State>'),
  complete: result('GenerateCredentialReport', '<State>COMPLETE</State>'),
  denied: refused(403, 'AccessDenied', 'User: u is not authorized to perform: iam:GenerateCredentialReport on resource: *'),
  throttled: refused(400, 'Throttling', 'Rate exceeded'),
  limit: refused(409, 'LimitExceeded', 'Too many reports'),
  empty: result('GetCredentialReport', ''),
} satisfies Record<string, WireResponse>;
type Answer = keyof typeof answers;

/** Plays each list of answers in turn; the last one goes on. */
async function request(get: readonly Answer[], generate: readonly Answer[] = []) {
  const calls: string[] = [];
  let slept = 0;
  const turns = { GetCredentialReport: [...get], GenerateCredentialReport: [...generate] };
  const iam = iamOver((wire) => {
    const action = actionOf(wire) as keyof typeof turns;
    calls.push(action);
    const turn = turns[action];
    const answer = turn.length > 1 ? turn.shift() : turn[0];
    return answer === undefined ? Promise.reject(new Error(`unexpected ${action}`)) : Promise.resolve(answers[answer]);
  });
  const context = {
    signal: new AbortController().signal,
    sleep: (milliseconds: number) => {
      slept += milliseconds;
      return Promise.resolve();
    },
  };
  const outcome = await requestCredentialReport({ iam, context }).then(
    (report) => ({ report }),
    (error: unknown) => ({ error }),
  );
  return { ...outcome, calls, slept };
}

describe('the credential report', () => {
  test('is taken as it is while AWS still gives it out', async () => {
    const { report, calls, slept } = await request(['report']).then((each) => ({
      report: 'report' in each ? each.report : undefined,
      ...each,
    }));
    expect(report?.generatedAt).toBe('2026-11-20T21:30:00Z');
    expect([...(report?.users.keys() ?? [])]).toEqual(['arn:aws:iam::111122223333:user/alice']);
    expect(calls).toEqual(['GetCredentialReport']);
    expect(slept).toBe(0);
  });

  test.each([
    ['there is none', ['none', 'report'], ['started', 'building', 'complete'], 3000],
    ['the last one is old', ['old', 'report'], ['started', 'complete'], 1000],
    ['another tool has asked for one', ['underWay', 'report'], ['building', 'complete'], 1000],
    ['it is complete and not yet given out', ['none', 'underWay', 'report'], ['complete'], 1000],
  ] satisfies [string, Answer[], Answer[], number][])('is waited for where %s', async (_what, get, generate, milliseconds) => {
    const outcome = await request(get, generate);
    expect(outcome).toHaveProperty('report');
    expect(outcome.slept).toBe(milliseconds);
  });

  test('is given up on after a minute', async () => {
    const outcome = await request(['none'], ['started', 'building']);
    expect(outcome).toHaveProperty('error', expect.any(ReportLateError));
    expect(outcome.slept).toBe(60_000);
    expect(classify('error' in outcome && outcome.error)).toEqual({
      why: 'timed-out',
      detail: 'the credential report was not ready after 60 seconds',
    });
  });

  test.each([
    ['denied', 'permission-denied'],
    ['throttled', 'throttled'],
    ['limit', 'throttled'],
  ] satisfies [Answer, string][])('is refused as AWS refuses to make one: %s', async (answer, why) => {
    const outcome = await request(['none'], [answer]);
    expect(classify('error' in outcome && outcome.error)).toMatchObject({ why });
  });

  test.each([
    ['denied', 'permission-denied'],
    ['empty', 'malformed-response'],
  ] satisfies [Answer, string][])('is refused as AWS refuses to show it: %s', async (answer, why) => {
    const outcome = await request([answer]);
    expect(classify('error' in outcome && outcome.error)).toMatchObject({ why });
    expect(outcome.calls).toEqual(['GetCredentialReport']);
  });
});
