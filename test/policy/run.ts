import type { Coverage } from '../../src/model/coverage.ts';
import type { Run } from '../../src/model/run.ts';
import type { Scope } from '../../src/model/scope.ts';
import type { Subject } from '../../src/model/subject.ts';
import { openRunIndex } from '../../src/reconcile/run-index.ts';

/** A run that has read all of this. */
export function runOf(subjects: readonly Subject[], scopes: readonly Scope[] = [], rows: readonly Coverage[] = []): Run {
  const run = openRunIndex();
  for (const subject of subjects) run.add(subject);
  for (const scope of scopes) run.addScope(scope);
  for (const row of rows) run.addCoverage(row);
  return run;
}

export function repository(name: string): Scope {
  return { record: 'scope', id: `repository/${name}`, provider: 'github', name, evidence: [], details: {} };
}

/** The row of an organization whose repositories were all listed. */
export function listed(organization: string): Coverage {
  return {
    record: 'coverage',
    connector: 'github',
    scope: `organization/${organization}`,
    surface: 'github.repository',
    count: 2,
    state: 'complete',
  };
}

export function denied(connector: string, scope: string, surface = 'a.surface'): Coverage {
  return { record: 'coverage', connector, scope, surface, count: 0, state: 'denied', reason: 'permission-denied' };
}
