import { describe, expect, test } from 'vitest';
import { epoch } from '../../src/model/instant.ts';
import { readVendors } from '../../src/sources/vendors.ts';
import { mistakesOf } from './mistakes.ts';

const now = epoch('2026-11-21T00:00:00Z');
const read = (text: string) => readVendors({ file: 'vendors.csv', text }, { complete: true }, now);

describe('a vendor list', () => {
  test('gives each contract to the end of its last day', () => {
    expect(
      read('id,name,contract_end,business_owner,technical_owner\npaywell,Paywell Ltd,2027-06-30,dana@x.example,E6\nopen,,,,\n').entries,
    ).toEqual([
      {
        source: 'vendors.csv:2',
        id: 'paywell',
        name: 'Paywell Ltd',
        endsAt: '2027-06-30T23:59:59.999Z',
        businessOwner: 'dana@x.example',
        technicalOwner: 'E6',
      },
      { source: 'vendors.csv:3', id: 'open', name: 'open' },
    ]);
  });

  test('may be empty', () => {
    expect(read('id,name,contract_end\n')).toMatchObject({ entries: [], rows: 0, complete: true });
  });

  test('tells every bad row at once', () => {
    expect(mistakesOf(() => read('id,name,contract_end\n,a,\nb,B,soon\nc,B,2026-01-01\nC,d,2026-01-01\n'))).toMatchInlineSnapshot(`
      "source-invalid
      vendors.csv:2:1: the row has no id
      vendors.csv:3:5: contract_end is not a date: \`soon\` (such as 2026-11-21)
      vendors.csv:4:3: name \`B\` already belongs to the vendor on line 3
      vendors.csv:5:1: id \`C\` already belongs to the vendor on line 4"
    `);
  });

  test('must have a column for the end, since a missing one would mean that no contract ever ends', () => {
    expect(mistakesOf(() => read('id,name,contract_ends\na,A,2026-01-01'))).toMatchInlineSnapshot(`
      "source-invalid
      vendors.csv:1:9: the vendor list has no column \`contract_end\` (did you mean \`contract_ends\`?; or map it under columns: contract_end)"
    `);
  });
});

describe('the people and records of a vendor', () => {
  test('are found by domains and patterns', () => {
    expect(
      read('id,contract_end,domains,identities\npaywell,,@Paywell.example | pay.example,arn:aws:iam::*:role/paywell-*\n').entries,
    ).toMatchObject([{ domains: ['paywell.example', 'pay.example'], identities: ['arn:aws:iam::*:role/paywell-*'] }]);
  });

  test('belong to one vendor', () => {
    expect(mistakesOf(() => read('id,contract_end,domains\na,,x.example\nb,,X.example|dana@y.example|com\n'))).toMatchInlineSnapshot(`
      "source-invalid
      vendors.csv:3:4: not a domain: \`dana@y.example\` (such as paywell.example, several with |)
      vendors.csv:3:4: not a domain: \`com\` (such as paywell.example, several with |)
      vendors.csv:3:4: domain \`x.example\` already belongs to the vendor on line 2"
    `);
  });
});
