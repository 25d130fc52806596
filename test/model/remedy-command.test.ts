import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/model/kind.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { remediesOf } from '../../src/model/remedy-command.ts';

const kind = (remedy: Remedy) => ({ id: 'toy.key', remedy }) as Kind;
const record = (changes: object = {}) =>
  ({
    record: 'credential',
    kind: 'toy.key',
    provider: 'toy',
    status: 'active',
    managedBy: 'customer',
    owners: [],
    tags: {},
    evidence: [],
    id: 'projects/p/keys/k1',
    name: 'batch',
    scope: 'account/1/eu-west-1',
    identity: 'user/dana',
    details: { pool: 'p-1', zsh: '=ls' },
    ...changes,
  }) as InventoryRecord;
const deletes = (template: string | readonly string[], changes?: object) => remediesOf(kind({ delete: template }), record(changes))[0];

describe('a command', () => {
  test.each([
    ['rm {id}', 'rm projects/p/keys/k1'],
    ['rm {id/1} {id/-1}', 'rm p k1'],
    ['rm {details.zsh}', "rm '=ls'"],
    ['rm {identity/-1} {details.pool}', 'rm dana p-1'],
    ['rm --account {scope.account} --region {scope.region}', 'rm --account 1 --region eu-west-1'],
  ])('%s', (template, command) => {
    expect(deletes(template)).toEqual({ step: 'delete', command });
  });

  test('is the first that the record can fill', () => {
    const either = ['rm --org {scope.organization} {name}', 'rm --repo {scope.repository} --env {scope.environment} {name}'];
    expect(deletes(either, { scope: 'organization/acme' })).toEqual({ step: 'delete', command: 'rm --org acme batch' });
    expect(deletes(either, { scope: 'repository/acme/shop/environment/live' })).toEqual({
      step: 'delete',
      command: 'rm --repo acme/shop --env live batch',
    });
  });

  test.each([
    ['has no such field', 'rm {details.none}', {}, ['{details.none}']],
    ['does not know it', 'rm {identity}', { identity: undefined }, ['{identity}']],
    ['says there is none', 'rm {identity}', { identity: null }, ['{identity}']],
    ['has too few parts', 'rm {name/3}', {}, ['{name/3}']],
    ['begins with a dash, which would be an option', 'rm {name}', { name: '--all' }, ['{name}']],
    ['cannot be printed', 'rm {name}', { name: 'a\u001b[2K' }, ['{name}']],
    ['spans lines', 'rm {name}', { name: 'a\nb' }, ['{name}']],
    ['is only inherited', 'rm {details.constructor}', {}, ['{details.constructor}']],
  ])('is not made where the record %s', (_, template, changes, missing) => {
    expect(deletes(template, changes)).toEqual({ step: 'delete', missing });
  });

  test('passes a name to the shell as it is, whatever it holds', () => {
    const printableText = fc
      .string({
        minLength: 1,
        unit: fc.constantFrom(
          'a',
          ' ',
          "'",
          '"',
          '$',
          '`',
          '\\',
          ';',
          '&',
          '|',
          '<',
          '(',
          ')',
          '{',
          '*',
          '?',
          '!',
          '#',
          '~',
          '=',
          '%',
          '-',
          'é',
        ),
      })
      .filter((text) => !text.startsWith('-'));
    fc.assert(
      fc.property(printableText, (name) => {
        const made = deletes('printf %s {name}', { name });
        expect(made && 'command' in made ? execFileSync('sh', ['-c', made.command], { encoding: 'utf8' }) : undefined).toBe(name);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ['active', ['rotate', 'disable', 'delete']],
  ['unknown', ['rotate', 'disable', 'delete']],
  ['expired', ['rotate', 'disable', 'delete']],
  ['inactive', ['rotate', 'delete']],
  ['quarantined', ['rotate', 'delete']],
  ['pending-deletion', []],
  ['deleted-recoverable', []],
])('what is %s has these steps before it: %s', (status, steps) => {
  const made = remediesOf(kind({ delete: 'c {id}', rotate: 'a {id}', disable: 'b {id}' }), record({ status }));
  expect(made.map(({ step }) => step)).toEqual(steps);
});

test('steps come in the order in which they are taken', () => {
  const steps = remediesOf(kind({ delete: 'c {id}', rotate: 'a {id}', disable: 'b {id}' }), record()).map(({ step }) => step);
  expect(steps).toEqual(['rotate', 'disable', 'delete']);
  expect(remediesOf({ id: 'toy.key' } as Kind, record())).toEqual([]);
});
