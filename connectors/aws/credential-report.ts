import { parse } from 'csv-parse/sync';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { time } from '../../src/connector/item.ts';
import type { Instant } from '../../src/model/instant.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html

/** Before these moments AWS recorded no use. */
export const trackedSince = { accessKey: '2015-04-22T00:00:00Z', password: '2014-10-20T00:00:00Z' } as const;

export type CredentialReport = {
  readonly generatedAt: Instant;
  /** The row of the account itself, which is no user. */
  readonly root: ReportRow | undefined;
  /** By ARN. */
  readonly users: ReadonlyMap<string, ReportRow>;
};
export type ReportRow = {
  readonly user: string;
  readonly arn: string;
  readonly createdAt: Fact<Instant>;
  readonly password: {
    readonly enabled: boolean | undefined;
    readonly lastUsedAt: Fact<Instant>;
    readonly changedAt: Fact<Instant>;
    readonly nextRotationAt: Fact<Instant>;
  };
  readonly mfaActive: boolean | undefined;
  readonly keys: readonly KeySlot[];
  readonly certificates: readonly { readonly active: boolean | undefined; readonly rotatedAt: Fact<Instant> }[];
  /** Set by AWS where a user has more than the slots show. */
  readonly additional: string | undefined;
};
/** The report has no key ids: a slot is tied to a key by the time at which it was made. */
export type KeySlot = {
  readonly active: boolean | undefined;
  /** Created, or last changed. */
  readonly rotatedAt: Fact<Instant>;
  readonly lastUsedAt: Fact<Instant>;
  readonly region: string | undefined;
  readonly service: string | undefined;
};

/** Reads the CSV by the names of its columns, of which there are 22, and 23 since AWS added `additional_credentials_info`. Throws MalformedError. */
export function parseCredentialReport(csv: string, generatedAt: Instant): CredentialReport {
  const [header, ...rows] = records(csv);
  if (!header) throw new MalformedError('a credential report without a header');
  const columns = new Map(header.map((name, index) => [name.trim().toLowerCase(), index]));
  const users = new Map<string, ReportRow>();
  let root: ReportRow | undefined;
  for (const cells of rows) {
    const row = toRow((name) => cell(columns, cells, name));
    if (row.user === '<root_account>') root = row;
    else if (users.has(row.arn)) throw new MalformedError(`a credential report with two rows for ${row.arn}`);
    else users.set(row.arn, row);
  }
  return { generatedAt, root, users };
}

function records(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new MalformedError('a credential report that is not CSV', { cause: error });
  }
}

type Cell = (name: string) => string | undefined;

const required = new Set([
  'user',
  'arn',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_2_active',
  'access_key_2_last_rotated',
]);

function cell(columns: ReadonlyMap<string, number>, cells: readonly string[], name: string): string | undefined {
  const index = columns.get(name);
  const value = index === undefined ? undefined : cells[index]?.trim();
  if (required.has(name) && (value === undefined || value === '')) throw new MalformedError(`a credential report without ${name}`);
  return value;
}

function toRow(cell: Cell): ReportRow {
  const additional = cell('additional_credentials_info');
  return {
    user: cell('user') ?? '',
    arn: cell('arn') ?? '',
    createdAt: moment(cell('user_creation_time')),
    password: {
      enabled: flag(cell('password_enabled')),
      lastUsedAt: moment(cell('password_last_used'), trackedSince.password),
      changedAt: moment(cell('password_last_changed')),
      nextRotationAt: moment(cell('password_next_rotation')),
    },
    mfaActive: flag(cell('mfa_active')),
    keys: [slot(cell, 1), slot(cell, 2)],
    certificates: [1, 2].map((number) => ({
      active: flag(cell(`cert_${String(number)}_active`)),
      rotatedAt: moment(cell(`cert_${String(number)}_last_rotated`)),
    })),
    additional: isSentinel(additional) ? undefined : additional,
  };
}

function slot(cell: Cell, number: 1 | 2): KeySlot {
  const key = `access_key_${String(number)}`;
  return {
    active: flag(cell(`${key}_active`)),
    rotatedAt: moment(cell(`${key}_last_rotated`)),
    lastUsedAt: moment(cell(`${key}_last_used_date`), trackedSince.accessKey),
    region: word(cell(`${key}_last_used_region`)),
    service: word(cell(`${key}_last_used_service`)),
  };
}

/** `N/A`: not applicable, or never. `no_information`: never since tracking began. `not_supported`: this row cannot have it. */
function moment(value: string | undefined, since?: Instant): Fact<Instant> {
  switch (value?.toLowerCase()) {
    case 'n/a':
    case 'no_information':
      return absent(since);
    case undefined:
    case 'not_supported':
      return unknown('not-offered', 'the credential report does not tell it');
    default:
      return time(value);
  }
}

/** Its letter case differs between accounts and pages of the documentation; anything but true and false is neither. */
function flag(value: string | undefined): boolean | undefined {
  const lower = value?.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

function word(value: string | undefined): string | undefined {
  return isSentinel(value) ? undefined : value;
}

function isSentinel(value: string | undefined): boolean {
  return value === undefined || ['', 'n/a', 'no_information', 'not_supported', 'false', 'none'].includes(value.toLowerCase());
}
