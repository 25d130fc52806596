import { resolve } from 'node:path';
import { epoch } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';
import { readJsonRows } from '../sources/json-rows.ts';
import { readPeople } from '../sources/people/index.ts';
import { type Proposal, proposeColumns } from '../sources/propose-columns.ts';
import type { PeopleFormatId, PersonColumn } from '../sources/settings.ts';
import type { SourceText } from '../sources/source-text.ts';
import { headersOf } from '../sources/table.ts';
import type { Host } from './host.ts';

/** How a roster would be read: as far as it can be told, and what cannot. */
export type RosterProposal = {
  readonly file: string;
  readonly format: PeopleFormatId;
  readonly columns: readonly Proposal[];
  /** Columns that a roster must have, and no header stands for. */
  readonly lacking: readonly PersonColumn[];
  readonly unused: readonly string[];
  /** People, read with the sure columns and the first of each unsure one; or the mistakes that stand in the way. */
  readonly outcome: { readonly people: number } | { readonly mistakes: OperatorError['mistakes'] };
};

const required = ['id', 'email', 'status'] as const;

export async function proposeRoster(path: string, host: Host): Promise<RosterProposal> {
  const { file, text } = await host.files.read(resolve(host.cwd, path), host.cwd, 'the people roster');
  const source: SourceText = { file, text };
  const format = formatOf(source);
  if (format !== 'csv') return { file, format, columns: [], lacking: [], unused: [], outcome: attempt(source, format, [], host) };
  const headers = headersOf(source, 'the roster');
  const columns = proposeColumns(headers);
  const lacking = required.filter((column) => columns.every((each) => each.column !== column));
  const unused = headers.filter((header) => columns.every((each) => !each.headers.includes(header)));
  return {
    file,
    format,
    columns,
    lacking,
    unused,
    outcome: lacking.length > 0 ? { mistakes: [] } : attempt(source, format, columns, host),
  };
}

/** Each of the systems writes JSON of its own shape. */
function formatOf(source: SourceText): PeopleFormatId {
  if (!/^\uFEFF?\s*[[{]/.test(source.text)) return 'csv';
  const [first] = readJsonRows(source, { noun: 'the roster', list: 'Resources' }).rows;
  const { pages } = readJsonRows(source, { noun: 'the roster', list: 'Resources' });
  if (pages.length > 0 || 'schemas' in (first?.value ?? {})) return 'scim';
  const value = first?.value ?? {};
  if ('value' in value || 'userPrincipalName' in value) return 'entra';
  if ('profile' in value && 'status' in value) return 'okta';
  throw new OperatorError('source-invalid', {
    message: 'this JSON is neither a SCIM list, nor users of Entra or Okta',
    hint: 'save it as CSV with a header',
    position: { file: source.file },
  });
}

function attempt(source: SourceText, format: PeopleFormatId, columns: readonly Proposal[], host: Host): RosterProposal['outcome'] {
  const map = Object.fromEntries(
    columns.flatMap(({ column, headers }) => (headers[0] === undefined ? [] : [[column, headers[0]] as const])),
  );
  try {
    return { people: readPeople([source], { format, ...(columns.length === 0 ? {} : { columns: map }) }, epoch(host.now())).rows };
  } catch (error) {
    if (error instanceof OperatorError) return { mistakes: error.mistakes };
    throw error;
  }
}
