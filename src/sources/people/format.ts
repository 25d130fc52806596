import type { Mistake, Position } from '../../model/operator-error.ts';
import type { PersonColumn } from '../settings.ts';
import type { SourceText } from '../source-text.ts';

/** How one system writes its people down. A format only reads; what a row means is decided once, for all of them. */
export type PeopleFormat = {
  readonly title: string;
  /** Every row of all files, and every one that cannot be read. Throws OperatorError `source-invalid` for a file that is nothing of the kind. */
  readonly read: (files: readonly SourceText[], columns: ColumnNames | undefined) => ReadRows;
  /**
   * unique: written for this tool, so that a name which leads to two people is a mistake. may-repeat: a directory, where two accounts of
   * one person share an address or a number; such a name then leads to nobody. Ids are unique in both.
   */
  readonly names: 'unique' | 'may-repeat';
  /** Whether it is a table, whose headers `columns` may map. */
  readonly isTable: boolean;
  /** The field that says when somebody left, as the file calls it. */
  readonly leftOn: string;
};
/** Our column -> the header in the file. */
export type ColumnNames = Readonly<Partial<Record<PersonColumn, string>>>;
export type ReadRows = { readonly rows: readonly PersonRow[]; readonly mistakes: readonly Mistake[] };

/** One person as the file says it: empty cells are left out, nothing is interpreted. */
export type PersonRow = {
  readonly position: Position;
  /** Where one of its cells stands; left out where the format knows no more than the row. */
  readonly at?: (column: PersonColumn) => Position;
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly manager?: string | undefined;
  readonly leftOn?: string | undefined;
  readonly aliases: readonly string[];
};
