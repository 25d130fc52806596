import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Sources } from '../../src/model/source.ts';
import type { Subject } from '../../src/model/subject.ts';
import { defaultConventions } from '../../src/reconcile/conventions.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { bundles } from '../../src/reconcile/siblings.ts';
import { aCredential, aGrant, anIdentity, app, kinds, secret } from './records.ts';

const sources: Sources = {
  people: {
    file: 'people.csv',
    complete: true,
    rows: 2,
    entries: [
      { id: 'E1', email: 'dana@larkspur.example', status: 'active', aliases: ['gh:dana-gh'], source: 'people.csv:2' },
      { id: 'E2', email: 'lee@larkspur.example', status: 'terminated', aliases: [], source: 'people.csv:3' },
    ],
  },
  workloads: {
    file: 'catalog.yaml',
    complete: true,
    rows: 2,
    entries: [
      { id: 'component:default/shop', name: 'shop', lifecycle: 'production', owner: 'group:default/team', source: 'catalog.yaml:1' },
    ],
    groups: [{ id: 'group:default/team', name: 'team', members: ['user:default/E1'], source: 'catalog.yaml:5' }],
  },
  vendors: {
    file: 'vendors.csv',
    complete: true,
    rows: 1,
    entries: [{ id: 'paywell', name: 'Paywell', businessOwner: 'dana@larkspur.example', technicalOwner: 'E2', source: 'vendors.csv:2' }],
  },
};
const context = { kinds, sources, conventions: defaultConventions };

async function subjects(records: readonly InventoryRecord[], given = context): Promise<readonly Subject[]> {
  return Array.fromAsync(reconcile(records, given));
}
async function last(...records: readonly InventoryRecord[]): Promise<Subject> {
  const found = (await subjects(records)).at(-1);
  if (!found) throw new Error('no subject');
  return found;
}
const said = ({ owners }: Subject) => owners.map(({ claim, state }) => `${claim.role} ${claim.ref} (${claim.by}): ${state}`);

describe('owners', () => {
  test('are all who are named, the nearest first', async () => {
    const identity = anIdentity('u', { tags: { owner: 'lee@larkspur.example', workload: 'shop', vendor: 'paywell' } });
    const key = aCredential('k', 'u', {
      owners: [{ role: 'technical', ref: 'E1', by: 'creator' }],
      tags: { 'business-owner': 'dana@larkspur.example' },
    });
    expect(said(await last(identity, key))).toEqual([
      'technical E1 (creator): active',
      'business dana@larkspur.example (tag business-owner): active',
      'technical lee@larkspur.example (tag owner of u-name): inactive',
      'technical group:default/team (workload component:default/shop): active',
      'business dana@larkspur.example (vendor paywell): active',
      'technical E2 (vendor paywell): inactive',
    ]);
  });

  test.each([
    [{ Owner: 'E1' }, ['technical E1 (tag Owner): active']],
    [{ owner: ' ' }, []],
    [{ 'technical-owner': 'E2', OWNER: 'E1' }, ['technical E1 (tag OWNER): active', 'technical E2 (tag technical-owner): inactive']],
    [{ owner: 'E1, E2' }, ['technical E1 (tag owner): active', 'technical E2 (tag owner): inactive']],
    [
      { owner: 'dana@larkspur.example lee@larkspur.example' },
      ['technical dana@larkspur.example (tag owner): active', 'technical lee@larkspur.example (tag owner): inactive'],
    ],
    [{ owner: 'Dana O' }, ['technical Dana O (tag owner): gone']],
    [{ description: 'owner: E1' }, []],
  ])('of tags %j', async (tags, claims) => {
    expect(said(await last(aCredential('k', undefined, { tags })))).toEqual(claims);
  });

  test('are logins where GitHub itself names them, and not where a tag does', async () => {
    const owners = [{ role: 'technical' as const, ref: 'dana-gh', by: 'added by' }];
    expect(said(await last(aCredential('k', undefined, { provider: 'github', owners })))).toEqual(['technical dana-gh (added by): active']);
    const noRegistry = { ...context, sources: { people: sources.people ?? { file: '', complete: true, rows: 0, entries: [] } } };
    const stranger = [{ role: 'technical' as const, ref: 'who', by: 'added by' }];
    const [subject] = await subjects(
      [aCredential('k', undefined, { provider: 'github', owners: stranger, tags: { owner: 'who' } })],
      noRegistry,
    );
    expect(subject?.owners.map(({ state }) => state)).toEqual(['gone', 'unconfirmed']);
  });

  test('follow the conventions of the company', async () => {
    const conventions = { ...defaultConventions, technical: ['contact'], workload: [] };
    const [subject] = await subjects([aCredential('k', undefined, { tags: { Contact: 'E1', owner: 'E2', workload: 'shop' } })], {
      ...context,
      conventions,
    });
    expect(subject && said(subject)).toEqual(['technical E1 (tag Contact): active']);
    expect(subject?.workload).toEqual(absent());
  });

  test('by way of a stale registry are unconfirmed, whatever the roster says of them', async () => {
    const registry = sources.workloads;
    const stale = { ...context, sources: { ...sources, ...(registry ? { workloads: { ...registry, stale: 'too old' } } : {}) } };
    const [subject] = await subjects([aCredential('k', undefined, { tags: { workload: 'shop' } })], stale);
    expect(subject?.owners).toMatchObject([{ state: 'unconfirmed', why: { why: 'stale', detail: 'too old' } }]);
    expect(subject?.workload).toEqual(unknown('stale', 'too old'));
  });
});

describe('workload and vendor', () => {
  test('are those of the record, otherwise of its identity', async () => {
    const identity = anIdentity('u', { tags: { service: 'shop', vendor: 'paywell' } });
    expect(await last(identity, aCredential('k', 'u'))).toMatchObject({
      workload: { value: { name: 'shop' } },
      vendor: { value: { id: 'paywell' } },
    });
    expect(await last(identity, aCredential('k', 'u', { tags: { app: 'other' } }))).toMatchObject({
      workload: { value: { name: 'other', lifecycle: 'not in registry' } },
    });
  });

  test('are absent where nobody names any', async () => {
    expect(await last(anIdentity('u'), aCredential('k', 'u'))).toMatchObject({ workload: absent(), vendor: absent() });
  });
});

describe('purpose', () => {
  const none = unknown('not-offered');
  test.each([
    ['the field', { purpose: known('mail') }, {}, known('mail')],
    ['the field before the tag', { purpose: known('mail'), tags: { purpose: 'other' } }, {}, known('mail')],
    ['the tag', { tags: { Purpose: 'mail' } }, {}, known('mail')],
    ['the tag before an empty field', { purpose: absent(), tags: { purpose: 'mail' } }, {}, known('mail')],
    ["the identity's field", {}, { purpose: known('mail') }, known('mail')],
    ["the identity's tag", { purpose: absent() }, { tags: { purpose: 'mail' } }, known('mail')],
    ['nothing, tags read', {}, {}, absent()],
    ['nothing, tags not read', { sawTags: false }, { sawTags: false }, none],
    ['nothing, tags of the identity read', { sawTags: false }, {}, absent()],
    ['a refusal', { purpose: unknown('permission-denied') }, {}, unknown('permission-denied')],
    ['a refusal at the identity', {}, { purpose: unknown('permission-denied') }, unknown('permission-denied')],
  ])('is told by %s', async (_, own, inherited, purpose) => {
    expect((await last(anIdentity('u', inherited), aCredential('k', 'u', own))).purpose).toEqual(purpose);
  });
});

describe('siblings', () => {
  test('are the other credentials of the same kind that prove the same identity', async () => {
    const records = [
      anIdentity('u'),
      anIdentity('v'),
      aCredential('k1', 'u'),
      aCredential('k2', 'u'),
      aCredential('s1', 'u', { kind: secret.id }),
      aCredential('k3', 'v'),
      aCredential('x1', undefined),
      aCredential('x2', undefined),
      aGrant('g', 'u'),
    ];
    const found = await subjects(records);
    expect(found.map(({ record }) => record.id)).toEqual(records.map(({ id }) => id));
    expect(found.map(({ record, siblings }) => [record.id, ...siblings.map(({ id }) => id)].join(' '))).toEqual([
      'u',
      'v',
      'k1 k2',
      'k2 k1',
      's1',
      'k3',
      'x1',
      'x2',
      'g',
    ]);
  });
});

describe('the identity', () => {
  test('is found for a credential and a grant, and not for one that was not seen', async () => {
    expect((await last(anIdentity('u'), aCredential('k', 'u'))).identity?.id).toBe('u');
    expect((await last(anIdentity('u'), aGrant('g', 'u'))).identity?.id).toBe('u');
    expect(await last(anIdentity('u'), aCredential('k', 'w'))).not.toHaveProperty('identity');
    expect(await last(anIdentity('u', { provider: 'other' }), aCredential('k', 'u'))).not.toHaveProperty('identity');
  });

  test('is of the kind that the credential goes with, where two kinds share an id', async () => {
    const both = [anIdentity('7'), anIdentity('7', { kind: app.id })];
    expect((await last(...both, aCredential('s', '7', { kind: secret.id }))).identity?.kind).toBe(app.id);
    expect(await last(...both, aGrant('g', '7'))).not.toHaveProperty('identity');
  });
});

test('a kind that nobody declares is named', async () => {
  await expect(subjects([aCredential('k', undefined, { kind: 'toy.kee' })])).rejects.toMatchObject({
    code: 'kind-unknown',
    mistakes: [{ message: 'the inventory holds kind toy.kee, which nobody declares', hint: 'did you mean `toy.key`?' }],
  });
});

describe('memory', () => {
  test('holds no more credentials than one identity has of one kind', async () => {
    const groups = fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 6 }),
        proves: fc.constantFrom('a', 'b', undefined),
        kind: fc.constantFrom('toy.key', 'toy.secret'),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(groups, async (given) => {
        let [taken, handedOut, held] = [0, 0, 0];
        function* source() {
          for (const { size, proves, kind } of given) {
            for (let at = 0; at < size; at += 1) {
              taken += 1;
              yield aCredential(`k${String(taken)}`, proves, { kind });
            }
          }
        }
        for await (const { length } of bundles(source())) {
          held = Math.max(held, taken - handedOut);
          handedOut += length;
        }
        expect(handedOut).toBe(taken);
        expect(held).toBeLessThanOrEqual(longestRun(given) + 1);
      }),
    );
  });

  test('takes the next record only when the one before was judged', async () => {
    let taken = 0;
    function* endless() {
      for (;;) {
        taken += 1;
        yield aCredential(`k${String(taken)}`, `u${String(taken)}`);
      }
    }
    let seen = 0;
    for await (const _ of reconcile(endless(), context)) {
      seen += 1;
      expect(taken).toBeLessThanOrEqual(seen + 1);
      if (seen === 1000) break;
    }
  });
});

type Run = { readonly size: number; readonly proves: string | undefined; readonly kind: string };

/** The most credentials that arrive together for one identity and kind. */
function longestRun(runs: readonly Run[]): number {
  let [best, current] = [0, 0];
  for (const [at, { size, proves, kind }] of runs.entries()) {
    const before = runs[at - 1];
    const goesOn = proves !== undefined && before?.proves === proves && before.kind === kind;
    current = goesOn ? current + size : proves === undefined ? 1 : size;
    best = Math.max(best, current);
  }
  return best;
}
