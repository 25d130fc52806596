import { describe, expect, test } from 'vitest';
import { aws } from '../../../connectors/aws/index.ts';
import { noticeAbsence, NotOfferedHereError } from '../../../connectors/aws/offered-here.ts';
import { classify } from '../../../connectors/aws/refusal.ts';
import type { Settings } from '../../../connectors/aws/settings.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import type { Wire, WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import { json, xml } from './client.ts';

const caller = xml(
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/auditor</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
);
const denied = {
  ...json({ message: 'User: u is not authorized to perform: account:ListRegions on resource: arn:aws:account::111122223333:account' }, 403),
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
};
const page = (NextToken: string | undefined, ...names: string[]): WireResponse =>
  json({ Regions: names.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' })), NextToken });

/** Secrets of one account; its regions are answered by `regions`, page after page. */
async function look(settings: Settings, regions: readonly WireResponse[], signal = new AbortController().signal) {
  const asked: WireRequest[] = [];
  let turn = 0;
  const wire: Wire = (request) => {
    asked.push(request);
    const operation = aws.operationOf(request);
    if (operation === 'account:ListRegions') return Promise.resolve(regions[turn++] ?? page(undefined));
    return Promise.resolve(operation === 'secretsmanager:ListSecrets' ? json({ SecretList: [] }) : caller);
  };
  const context: ConnectContext = {
    env: { AWS_REGION: 'eu-west-1' },
    signal,
    now: () => '2026-11-21T00:00:00Z',
    wire: () => wire,
    sleep: () => Promise.resolve(),
    replaying: true,
  };
  const coverage: Coverage[] = [];
  const connector = { ...aws, surfaces: aws.surfaces.filter(({ id }) => id === 'aws.secretsmanager_secret') };
  for await (const line of collect([{ connector, settings, context, skip: {} }]))
    if (line.record === 'coverage' && line.state !== 'not-enumerable') coverage.push(line);
  return { coverage, asked, places: coverage.map(({ scope, state }) => `${scope.replace('account/111122223333/', '')} ${state}`) };
}

describe('the regions that are looked at', () => {
  test('are that of the login where nothing is said, without asking', async () => {
    const { places, asked } = await look({}, []);
    expect(places).toEqual(['eu-west-1 complete']);
    expect(asked.map((request) => aws.operationOf(request))).not.toContain('account:ListRegions');
  });

  test('are all that the account has switched on, of every page, in order', async () => {
    const { places, asked } = await look({ regions: 'all' }, [page('two', 'us-east-1', 'eu-west-1'), page(undefined, 'af-south-1')]);
    expect(places).toEqual(['af-south-1 complete', 'eu-west-1 complete', 'us-east-1 complete']);
    const listing = asked.filter((request) => aws.operationOf(request) === 'account:ListRegions');
    expect(listing.map(({ body }) => JSON.parse(body ?? '') as unknown)).toEqual([
      { MaxResults: 50, RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
      { MaxResults: 50, NextToken: 'two', RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
    ]);
  });

  test('are that of the login and a gap for the others, where the account does not say', async () => {
    const { coverage } = await look({ regions: 'all' }, [denied]);
    expect(coverage).toMatchObject([
      { scope: 'account/111122223333/eu-west-1', state: 'complete' },
      {
        scope: 'account/111122223333/other-regions',
        state: 'denied',
        reason: 'permission-denied',
        detail: expect.stringContaining('only eu-west-1 is looked at') as string,
        requires: ['account:ListRegions'],
      },
    ]);
  });

  test.each([
    ['nothing', page(undefined)],
    ['no list', json({})],
    ['a region without a name', json({ Regions: [{ RegionOptStatus: 'ENABLED' }] })],
    ['a page of an emulator that has no such call', { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }],
  ])('are not taken to be none where the answer holds %s', async (_what, answer) => {
    const { places } = await look({ regions: 'all' }, [answer]);
    expect(places).toEqual(['eu-west-1 complete', 'other-regions partial']);
  });

  test('cost a permission that is declared', () => {
    expect(aws.discovery?.map(({ permission }) => permission)).toContain('account:ListRegions');
  });
});

describe('a host that is not found', () => {
  const request = { method: 'POST', url: 'https://rolesanywhere.ap-east-2.amazonaws.com/trustanchors', headers: {} };
  const missing = (host: string) => Promise.reject(new UnreachableError(`${host} did not answer (ENOTFOUND)`));
  const refusalBy = async (wire: Wire, asked: WireRequest = request) =>
    classify(
      await noticeAbsence(
        wire,
        'ap-east-2',
      )(asked).then(
        () => undefined,
        (error: unknown) => error,
      ),
    );

  test('is a service that the region lacks, where STS of the region is found', async () => {
    const asked: string[] = [];
    const wire: Wire = ({ url }) => {
      const { host } = new URL(url);
      asked.push(host);
      return host.startsWith('sts.') ? Promise.resolve(xml('', 403)) : missing(host);
    };
    expect(await refusalBy(wire)).toMatchObject({
      why: 'not-enabled',
      detail: expect.stringContaining('not offered in ap-east-2') as string,
    });
    expect(asked).toEqual(['rolesanywhere.ap-east-2.amazonaws.com', 'sts.ap-east-2.amazonaws.com']);
  });

  test('is a machine without names, where STS is not found either', async () => {
    expect(await refusalBy(({ url }) => missing(new URL(url).host))).toMatchObject({ why: 'unreachable' });
  });

  test('says nothing of the region where its address does not name it', async () => {
    const asked: string[] = [];
    const wire: Wire = ({ url }) => {
      asked.push(url);
      return missing(new URL(url).host);
    };
    expect(await refusalBy(wire, { ...request, url: 'https://iam.amazonaws.com/' })).toMatchObject({ why: 'unreachable' });
    expect(asked).toHaveLength(1);
  });

  test('is asked about once', async () => {
    let probes = 0;
    const wire = noticeAbsence(({ url }) => {
      const { host } = new URL(url);
      if (!host.startsWith('sts.')) return missing(host);
      probes += 1;
      return Promise.resolve(xml(''));
    }, 'ap-east-2');
    for (let time = 0; time < 3; time += 1) await expect(wire(request)).rejects.toThrow(NotOfferedHereError);
    expect(probes).toBe(1);
  });
});
