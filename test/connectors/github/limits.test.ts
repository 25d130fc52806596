import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, type Answers, now, organization, runSurface } from './answers.ts';
import { indexAnswer } from './index-answer.ts';
import { organizationSecret } from './raw.ts';
import { repositorySecret } from './raw-repository.ts';

const surface = 'github.organization_actions_secret';
const list = 'GET /orgs/larkspur-foods/actions/secrets';
const next = 'GET /organizations/90125501/actions/secrets?per_page=100&page=2';
const secrets = (...names: string[]) => ({
  body: { total_count: names.length, secrets: names.map((name) => ({ ...organizationSecret, name })) },
});
const link = '<https://api.github.com/organizations/90125501/actions/secrets?per_page=100&page=2>; rel="next"';
const settings = { organizations: [organization.login] };
const inMinutes = (minutes: number) => String(Date.parse(now) / 1000 + minutes * 60);
const spent = (minutes: number): Answer => ({
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inMinutes(minutes), 'x-ratelimit-resource': 'core' },
  body: { message: 'API rate limit exceeded for installation ID 4242.' },
});

/** Answers in turn; the last one goes on. */
function inTurn(...answers: readonly Answer[]): () => Answer {
  let asked = 0;
  return () => answers[Math.min(asked++, answers.length - 1)] ?? { body: {} };
}

function waiting() {
  const waits: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    // The steady beat between requests is no wait.
    if (milliseconds > 30_000) waits.push(milliseconds);
    return Promise.resolve();
  };
  return { waits, sleep };
}

describe('a limit', () => {
  test.each([
    ['the hourly one is waited for until it is reset', spent(40), 40 * 60_000],
    [
      'the secondary one, as long as GitHub asks',
      { status: 403, headers: { 'retry-after': '60' }, body: { message: 'You have exceeded a secondary rate limit.' } },
      60_000,
    ],
    ['the secondary one as 429', { status: 429, headers: { 'retry-after': '90' }, body: { message: 'Too Many Requests' } }, 90_000],
  ])('%s, and then nothing is missing', async (_name, refusal, wait) => {
    const { waits, sleep } = waiting();
    const answers: Answers = { [list]: { ...secrets('A'), headers: { link } }, [next]: inTurn(refusal, secrets('B')) };
    const { records, coverage } = await runSurface(surface, answers, settings, undefined, { sleep });
    expect(records.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(coverage).toMatchObject([{ state: 'complete', count: 2 }]);
    expect(waits).toEqual([wait]);
  });

  test('secondary, told by its words alone, is waited for a little longer each time', async () => {
    const words = { status: 403, body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' } };
    const { coverage, requests } = await runSurface(surface, { [list]: inTurn(words, words, secrets('A')) });
    expect(coverage).toMatchObject([{ state: 'complete' }]);
    expect(requests.filter(({ url }) => url.includes('/secrets'))).toHaveLength(3);
  });

  test('that lasts longer than any of GitHub is not waited for', async () => {
    const { waits, sleep } = waiting();
    const { coverage } = await runSurface(surface, { [list]: spent(120) }, settings, undefined, { sleep });
    expect(waits).toEqual([]);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'throttled' }]);
  });

  test('that outlasts the time of the run is a row, and what was read before it stays', async () => {
    const stop = new AbortController();
    const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      if (milliseconds < 30_000) return Promise.resolve();
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new DOMException('aborted', 'AbortError'));
        });
        stop.abort(new DOMException('time is up', 'TimeoutError'));
      });
    };
    const answers: Answers = { [list]: { ...secrets('A', 'B'), headers: { link } }, [next]: spent(50) };
    const { records, coverage } = await runSurface(surface, answers, settings, undefined, { sleep, signal: stop.signal });
    expect(records).toHaveLength(2);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'timed-out', count: 2 }]);
  });

  test('in the middle of the repositories leaves those before it, and the others in a row', async () => {
    const stop = new AbortController();
    const sleep = (milliseconds: number): Promise<void> => {
      if (milliseconds < 30 * 60_000) return Promise.resolve();
      stop.abort(new DOMException('time is up', 'TimeoutError'));
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    };
    const names = Array.from({ length: 40 }, (_, index) => `r${String(index)}`);
    const answers: Answers = {
      'POST /graphql': indexAnswer(names.map((name) => ({ name }))),
      ...Object.fromEntries(
        names.map((name, index) => [
          `GET /repos/larkspur-foods/${name}/actions/secrets`,
          index < 20 ? { body: { total_count: 1, secrets: [repositorySecret] } } : spent(50),
        ]),
      ),
    };
    const { coverage } = await runSurface('github.repository_actions_secret', answers, settings, undefined, { sleep, signal: stop.signal });
    expect(coverage.at(-1)).toMatchObject({ state: 'partial', reason: 'timed-out' });
    expect(coverage.at(-1)?.count).toBeGreaterThan(0);
  });
});

describe('a token that expired while its request waited', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const env = { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: pem };
  const bad = { status: 401, body: { message: 'Bad credentials' } };
  let tokens = 0;

  beforeEach(() => {
    tokens = 0;
    vi.useFakeTimers({ now: Date.parse(now), toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const answersWith = (secretsOf: (authorization: string) => Answer): Answers => ({
    'GET /orgs/larkspur-foods/installation': { body: { id: 4242 } },
    'POST /app/installations/4242/access_tokens': () => {
      tokens += 1;
      return {
        status: 201,
        body: {
          token: `token-${String(tokens)}`,
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          permissions: { organization_secrets: 'read' },
          repository_selection: 'all',
        },
      };
    },
    // A token younger than five seconds Octokit itself tries again, after a real second.
    'GET /orgs/larkspur-foods': () => {
      vi.setSystemTime(Date.now() + 10_000);
      return { body: organization };
    },
    [list]: ({ headers }) => secretsOf(headers['authorization'] ?? ''),
  });

  test('is replaced, and nothing is missing', async () => {
    const answers = answersWith((authorization) => {
      if (authorization !== 'token token-1') return secrets('A');
      vi.setSystemTime(Date.now() + 61 * 60_000);
      return bad;
    });
    const { coverage } = await runSurface(surface, answers, settings, env);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
    expect(tokens).toBe(2);
  });

  test('and is refused again is a login that failed', async () => {
    const { coverage } = await runSurface(
      surface,
      answersWith(() => bad),
      settings,
      env,
    );
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'login-failed' }]);
  });
});
