import { describe, expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import type { Sources } from '../../src/model/source.ts';
import type { Subject } from '../../src/model/subject.ts';
import { orphan } from '../../src/policy/predicates/orphan.ts';
import { owner } from '../../src/policy/predicates/owner.ts';
import { defaultConventions } from '../../src/reconcile/conventions.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { aCredential, anIdentity, kinds } from './records.ts';

const sources: Sources = {
  people: {
    file: 'people.csv',
    complete: true,
    rows: 2,
    entries: [
      { id: 'E1', email: 'dana@larkspur.example', status: 'active', aliases: [], source: 'people.csv:2' },
      { id: 'E2', email: 'lee@larkspur.example', status: 'terminated', aliases: [], source: 'people.csv:3' },
    ],
  },
};
const now = Date.parse('2026-11-21T00:00:00Z');

function account(tags: Fact<Readonly<Record<string, string>>>, id = 'account/1'): Scope {
  return scope({ id, provider: 'toy', name: 'larkspur-prod', tags, evidence: [], details: {} });
}
const ofDana = account(known({ owner: 'dana@larkspur.example' }));

async function subjectOf(...records: readonly (InventoryRecord | Scope)[]): Promise<Subject> {
  const subject = (await Array.fromAsync(reconcile(records, { kinds, sources, conventions: defaultConventions }))).at(-1);
  if (!subject) throw new Error('no subject');
  return subject;
}
const said = ({ owners }: Subject) => owners.map(({ claim, state }) => `${claim.role} ${claim.ref} (${claim.by}): ${state}`);
const isThere = (subject: Subject) => orphan.test({ owners: 'any-active' })(subject, now).outcome;
const isOwned = (subject: Subject) => owner.test({ require: 'any' })(subject).outcome;

describe('the tags of a scope', () => {
  test('name the owner of what nobody else is named for', async () => {
    const subject = await subjectOf(ofDana, aCredential('k', undefined));
    expect(said(subject)).toEqual(['technical dana@larkspur.example (tag owner of account larkspur-prod): active']);
    expect(isOwned(subject)).toBe('pass');
  });

  test('speak for the places within it', async () => {
    const subject = await subjectOf(ofDana, aCredential('k', undefined, { scope: 'account/1/eu-west-1' }));
    expect(said(subject)).toHaveLength(1);
  });

  test.each([
    ['another scope', { scope: 'account/12' }],
    ['the same scope of another provider', { provider: 'other' }],
  ])('do not speak for %s', async (_what, given) => {
    expect(said(await subjectOf(ofDana, aCredential('k', undefined, given)))).toEqual([]);
  });

  test('do not stand in for an owner who left', async () => {
    const lee = anIdentity('u', { tags: { owner: 'lee@larkspur.example' } });
    const subject = await subjectOf(ofDana, lee, aCredential('k', 'u'));
    expect(said(subject)).toEqual(['technical lee@larkspur.example (tag owner of u-name): inactive']);
    expect([isThere(subject), isOwned(subject)]).toEqual(['fail', 'fail']);
  });

  test('name a role that nobody nearer has, which is no answer to the other having left', async () => {
    const scoped = account(known({ 'business-owner': 'dana@larkspur.example' }));
    const subject = await subjectOf(scoped, aCredential('k', undefined, { tags: { owner: 'lee@larkspur.example' } }));
    expect(said(subject)).toEqual([
      'technical lee@larkspur.example (tag owner): inactive',
      'business dana@larkspur.example (tag business-owner of account larkspur-prod): active',
    ]);
    expect(isThere(subject)).toBe('fail');
  });

  test('of the nearest scope count', async () => {
    const near = account(known({ owner: 'lee@larkspur.example' }), 'account/1/eu-west-1');
    const subject = await subjectOf(ofDana, near, aCredential('k', undefined, { scope: 'account/1/eu-west-1' }));
    expect(said(subject)).toEqual(['technical lee@larkspur.example (tag owner of account larkspur-prod): inactive']);
  });

  test('of the scope above name the role that the nearest one leaves open', async () => {
    const near = scope({
      id: 'account/1/subscription/2',
      provider: 'toy',
      name: 'checkout',
      tags: known({ owner: 'lee@larkspur.example' }),
      evidence: [],
      details: {},
    });
    const above = account(known({ owner: 'dana@larkspur.example', 'business-owner': 'dana@larkspur.example', env: 'prod' }));
    const subject = await subjectOf(above, near, aCredential('k', undefined, { scope: 'account/1/subscription/2' }));
    expect(said(subject)).toEqual([
      'technical lee@larkspur.example (tag owner of subscription checkout): inactive',
      'business dana@larkspur.example (tag business-owner of account larkspur-prod): active',
    ]);
    expect(subject.environments).toMatchObject([{ environment: 'production', by: 'tag env of larkspur-prod' }]);
  });

  test('that could not be read of a scope further away leave it open too', async () => {
    const near = account(absent(), 'account/1/eu-west-1');
    const closed = account(unknown('permission-denied', 'no'));
    expect(isOwned(await subjectOf(closed, near, aCredential('k', undefined, { scope: 'account/1/eu-west-1' })))).toBe('unknown');
  });

  test('that could not be read leave it open whether there is an owner, and nothing else', async () => {
    const closed = account(unknown('permission-denied', 'no'));
    const nobody = await subjectOf(closed, aCredential('k', undefined));
    expect([isThere(nobody), isOwned(nobody)]).toEqual(['unknown', 'unknown']);
    const left = await subjectOf(closed, aCredential('k', undefined, { tags: { owner: 'lee@larkspur.example' } }));
    expect([isThere(left), isOwned(left)]).toEqual(['fail', 'fail']);
  });

  test('that are not there name nobody', async () => {
    expect(isOwned(await subjectOf(account(absent()), aCredential('k', undefined)))).toBe('fail');
  });
});

test('a scope is no subject', async () => {
  expect(await Array.fromAsync(reconcile([ofDana], { kinds, sources, conventions: defaultConventions }))).toEqual([]);
});
