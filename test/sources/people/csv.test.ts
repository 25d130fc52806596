import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epoch, instant } from '../../../src/model/instant.ts';
import { day } from '../../../src/model/duration.ts';
import { readPeople } from '../../../src/sources/people/index.ts';
import { mistakesOf } from '../mistakes.ts';

const now = epoch('2026-11-21T00:00:00Z');
const header = 'id,email,name,status,type,manager,termination_date,aliases';

function read(text: string, settings: Parameters<typeof readPeople>[1] = {}) {
  return readPeople([{ file: 'people.csv', text }], settings, now);
}
const only = (text: string, settings?: Parameters<typeof readPeople>[1]) => read(text, settings).entries[0];

describe('a roster', () => {
  test('gives each person with the line that says so', () => {
    const people = read(
      `${header}\nE1,dana@larkspur.example,Dana,active,employee,,,gh:dana|dana\nE2,lee@larkspur.example,,terminated,employee,E1,2026-08-14,\n`,
      { complete: true },
    );
    expect(people).toMatchObject({ file: 'people.csv', complete: true, rows: 2 });
    expect(people.entries).toEqual([
      { source: 'people.csv:2', id: 'E1', email: 'dana@larkspur.example', name: 'Dana', status: 'active', aliases: ['gh:dana', 'dana'] },
      {
        source: 'people.csv:3',
        id: 'E2',
        email: 'lee@larkspur.example',
        status: 'terminated',
        manager: 'E1',
        leftAt: '2026-08-14T00:00:00Z',
        aliases: [],
      },
    ]);
  });

  test.each([
    ['a byte order mark', `\uFEFF${header}\nE1,d@x.example,,active,,,,`],
    ['semicolons', `${header.replaceAll(',', ';')}\nE1;d@x.example;;active;;;;`],
    ['tabs', `${header.replaceAll(',', '\t')}\nE1\td@x.example\t\tactive\t\t\t\t`],
    ['CR LF', `${header}\r\nE1,d@x.example,,active,,,,\r\n`],
    ['quotes', `"id","email","name","status"\n"E1","d@x.example","Okafor, Dana ""D""","active"`],
    ['blanks and capitals', ` ID , Email ,Status\n E1 , d@x.example , Active `],
    ['empty lines', `\n${header}\n\nE1,d@x.example,,active,,,,\n,,,,,,,\n\n`],
  ])('is read with %s', (_, text) => {
    expect(only(text)).toMatchObject({ id: 'E1', email: 'd@x.example', status: 'active' });
  });

  test('counts lines over quoted line breaks', () => {
    const people = read('id,email,status,name\r\nE1,a@x.example,active,"A\r\nB"\r\nE2,b@x.example,active,C\r\n');
    expect(people.entries.map(({ source }) => source)).toEqual(['people.csv:2', 'people.csv:4']);
  });

  test('takes its columns from a map', () => {
    const text = 'Employee_ID,Work Email,State\n7,d@x.example,active';
    expect(only(text, { columns: { id: 'Employee_ID', email: 'Work Email', status: 'State' } })).toMatchObject({
      id: '7',
      email: 'd@x.example',
    });
  });

  test('may lack the address of somebody who has not started', () => {
    expect(only('id,email,status\nE1,,pending')).toEqual({ source: 'people.csv:2', id: 'E1', status: 'pending', aliases: [] });
  });
});

describe('a status', () => {
  test.each([
    ['active', 'active'],
    ['ACTIVE', 'active'],
    ['PASSWORD_EXPIRED', 'active'],
    ['On leave', 'leave'],
    ['Inactive', 'suspended'],
    ['STAGED', 'pending'],
    ['DEPROVISIONED', 'terminated'],
    ['unknown', 'unknown'],
  ])('%s is %s', (word, status) => {
    expect(only(`id,email,status\nE1,d@x.example,${word}`)?.status).toBe(status);
  });
});

describe('a termination date', () => {
  test.each([
    ['2026-11-19', 'terminated', '2026-11-19T00:00:00Z'],
    ['2026-11-20', 'terminated', '2026-11-20T00:00:00Z'],
    ['2026-11-21', 'active', undefined],
    ['2027-01-01', 'active', undefined],
    ['2026-11-20T23:59:59Z', 'terminated', '2026-11-20T23:59:59Z'],
    ['2026-11-21T00:00:00Z', 'active', undefined],
    ['', 'active', undefined],
    ['0000-00-00', 'active', undefined],
  ])('of %s leaves an active person %s', (date, status, leftAt) => {
    const person = only(`id,email,status,termination_date\nE1,d@x.example,active,${date}`);
    expect([person?.status, person?.leftAt]).toEqual([status, leftAt]);
  });

  test('is over with its day, not with its first moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 3 * day }), (days, offset) => {
        const date = (instant(days * day) ?? '').slice(0, 10);
        const at = (days - 1) * day + offset;
        const { entries } = readPeople(
          [{ file: 'p.csv', text: `id,email,status,termination_date\nE1,d@x.example,active,${date}` }],
          {},
          at,
        );
        expect(entries[0]?.status).toBe(at >= (days + 1) * day ? 'terminated' : 'active');
      }),
    );
  });
});

describe('a mistake', () => {
  test('is told for every bad row at once', () => {
    const text = [
      'id,email,status,termination_date,aliases',
      ',a@x.example,active,,',
      'E2,not an address,active,,',
      'E3,c@x.example,actve,,',
      'E4,d@x.example,,,',
      'E5,e@x.example,active,14/08/2026,',
      'E6,f@x.example,active,2026-02-30,',
      'E7,g@x.example',
      'E8,A@X.example ,active,,gh:eight',
      'e2,h@x.example,active,,GH:Eight',
    ].join('\n');
    expect(mistakesOf(() => read(text))).toMatchInlineSnapshot(`
      "source-invalid
      people.csv:2:1: the row has no id
      people.csv:3:4: not an e-mail address: \`not an address\`
      people.csv:4:16: no such status: \`actve\` (did you mean \`active\`?)
      people.csv:5:16: the row has no status (write unknown where nobody knows)
      people.csv:6:23: termination_date is not a date: \`14/08/2026\` (such as 2026-11-21)
      people.csv:7:23: termination_date is not a date: \`2026-02-30\` (such as 2026-11-21)
      people.csv:8:4: the row has 2 cells, the header has 5 (a cell that contains the separator must be quoted)
      people.csv:9:4: email \`A@X.example\` already belongs to the person on line 2
      people.csv:10:1: id \`e2\` already belongs to the person on line 3
      people.csv:10:24: alias \`GH:Eight\` already belongs to the person on line 9"
    `);
  });

  test.each([
    ['no person', `${header}\n`],
    ['nothing', ''],
    ['no header of ours', 'Employee,Mail\n1,d@x.example'],
    ['a column twice', 'id,email,status,ID\n1,d@x.example,active,2'],
    ['an open quote', 'id,email,status\n1,"d@x.example,active\n'],
  ])('is told for a file with %s', (_, text) => {
    expect(mistakesOf(() => read(text))).toMatchSnapshot();
  });

  test('is told for a mapped column that is not there', () => {
    expect(mistakesOf(() => read('id,email,status,boss\n1,d@x.example,active,', { columns: { manager: 'bos' } }))).toMatchInlineSnapshot(`
      "source-invalid
      people.csv:1:17: the roster has no column \`bos\` (did you mean \`boss\`?; columns maps manager to it)"
    `);
  });

  test('never takes a row away in silence', () => {
    const cell = fc.constantFrom('E1', 'E2', '', 'a@x.example', 'b@x.example', 'active', 'gone', '2026-01-01', 'x y', '"');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const filled = rows.filter((cells) => cells.some((each) => each !== ''));
        const text = `id,email,status\n${rows.map((cells) => cells.join(',')).join('\n')}`;
        let read = 0;
        const told = mistakesOf(() => {
          read = readPeople([{ file: 'p.csv', text }], {}, now).entries.length;
        });
        expect(told !== 'no mistake' || read === filled.length).toBe(true);
      }),
    );
  });
});
