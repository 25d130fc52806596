import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Identity } from '../../../src/model/identity.ts';
import { load, run } from '../../contract/rig.ts';

export type Answer = WireResponse | ((request: WireRequest) => WireResponse);
export type Sight = {
  readonly credentials: readonly Credential[];
  readonly identities: readonly Identity[];
  readonly rows: readonly Coverage[];
  /** The operations that were asked, in order. */
  readonly asked: readonly string[];
  readonly requests: readonly WireRequest[];
};

/** Looks at one surface of the company, with these answers in place of recorded ones. */
export async function lookAt(surfaceId: string, answers: Readonly<Record<string, Answer>>): Promise<Sight> {
  const { connector, faults } = await load('aws');
  const surfaces = connector.surfaces.filter(({ id }) => id === surfaceId);
  if (surfaces.length !== 1) throw new Error(`no surface ${surfaceId}`);
  const asked: string[] = [];
  const requests: WireRequest[] = [];
  const { records, coverage } = await run({ ...connector, surfaces }, faults.settings, (request, operation) => {
    // Which accounts there are is not the surface's question.
    if (operation === '' || operation.startsWith('organizations:')) return undefined;
    asked.push(operation);
    requests.push(request);
    const answer = answers[operation];
    return answer && Promise.resolve(typeof answer === 'function' ? answer(request) : answer);
  });
  return {
    credentials: records.filter((record): record is Credential => record.record === 'credential'),
    identities: records.filter((record): record is Identity => record.record === 'identity'),
    rows: coverage.filter(({ surface }) => surface === surfaceId),
    asked,
    requests,
  };
}

/** Epoch seconds, as JSON services of AWS write a time. */
export function seconds(at: string): number {
  return Date.parse(at) / 1000;
}

export function deniedTo(action: string, status = 403): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    body: JSON.stringify({ message: `User: arn:aws:iam::111122223333:user/x is not authorized to perform: ${action}` }),
  };
}
