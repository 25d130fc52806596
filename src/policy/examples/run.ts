import { fact } from '../../model/record.ts';
import type { Place, Run } from '../../model/run.ts';
import type { Subject } from '../../model/subject.ts';
import type { GivenRun } from '../example.ts';

/** The run around the subject that an example gives; where it says nothing, there is nothing else. */
export function runOf(
  { sameKey = [], workloads = [], trustedBy = [], repository = 'unknown', blind }: GivenRun = {},
  subject: Subject,
): Run {
  const { record, environments } = subject;
  const itself: Place = {
    kind: record.kind,
    id: record.id,
    scope: record.scope,
    name: record.name,
    environments,
  };
  const isShown = record.record === 'credential' && fact(record, 'fingerprint').state === 'known';
  return {
    showing: () => (isShown ? [itself, ...sameKey.map(placeOf)] : []),
    workloadsOf: () => workloads,
    kindsTrusting: () => new Set(trustedBy.map(({ kind = 'example.other' }) => kind)),
    hasRepository: () => (repository === 'unknown' ? undefined : repository === 'there'),
    blindness: () => (blind === undefined ? undefined : { why: 'permission-denied' }),
  };
}

function placeOf(given: NonNullable<GivenRun['sameKey']>[number]): Place {
  const { name, kind = 'example.other', scope = 'account/222233334444', environments = [] } = given;
  const claims = environments.map((environment) => ({ environment, said: environment, by: `tag environment of ${name}` }));
  return { kind, id: name, scope, name, environments: claims };
}
