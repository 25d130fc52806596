import { type LoadRequest, loadPolicies } from '../../src/policy/load.ts';
import { kind } from './subject.ts';

const kinds = new Map([kind(), kind({}, 'github.deploy_key')].map((each) => [each.id, each]));

/** A small library: two policies that share nothing, and a set of both. */
export const builtin = [
  {
    file: 'policies/rotation/old.yaml',
    text: `apiVersion: overdue/v1
kind: Policy
id: rotation/old
title: Not too old
params:
  maxAge: { default: 90d, type: duration, description: Oldest that it may be. }
severity: high
subject: credential
match: { states: active }
assert: { rotation: { maxAge: $maxAge } }
why: It leaks.
fix: Replace it.
`,
  },
  {
    file: 'policies/usage/unused.yaml',
    text: `apiVersion: overdue/v1
kind: Policy
id: usage/unused
title: Used
severity: low
subject: credential
assert: { usage: { dormantAfter: 30d } }
why: Nobody looks.
fix: Delete it.
`,
  },
  {
    file: 'policies/sets/baseline.yaml',
    text: 'apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: baseline }\ninclude: [rotation/*, usage/unused]\n',
  },
];

export const load = (text: string, rest: Partial<LoadRequest> = {}) =>
  loadPolicies({ files: [{ file: 'a.yaml', text }], builtin, kinds, ...rest });
export const set = (rest: string, metadata = 'id: acme, extends: ["builtin:baseline"]') =>
  `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { ${metadata} }\n${rest}`;
export const own = (rest: string) =>
  `policies:\n  - id: acme/own\n    title: Own\n    severity: low\n    subject: credential\n    why: so\n    fix: so\n${rest}`;
export const byId = (id: string, text: string, rest?: Partial<LoadRequest>) => load(text, rest).policies.find((policy) => policy.id === id);
