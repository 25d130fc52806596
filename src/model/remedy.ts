import type { InventoryRecord } from './inventory.ts';
import type { Kind } from './kind.ts';
import { printable } from './printable.ts';

/** What is done about it; `rotate` makes the new value or object, and leaves the old one to be disabled and deleted. */
export const remedySteps = ['rotate', 'disable', 'delete'] as const;
export type RemedyStep = (typeof remedySteps)[number];

/**
 * The provider's own command for each step. `{field}` stands for what the record says, quoted for the shell: `{id}`, `{name}`, `{identity}`,
 * `{permission}`, `{details.userPool}`, or a part of its scope such as `{scope.account}`; `{id/-1}` for one of the parts between slashes,
 * counted from the start or, below zero, from the end. Of several commands the first is taken that the record can fill.
 */
export type Remedy = { readonly [S in RemedyStep]?: string | readonly string[] };

export const placeholder = /\{([a-z]+(?:\.[A-Za-z]+)?)(?:\/(-?\d+))?\}/g;

/** A command ready for the shell, or the placeholders that the record has nothing fit for. */
export type Filled =
  | { readonly step: RemedyStep; readonly command: string }
  | { readonly step: RemedyStep; readonly missing: readonly string[] };

export function remediesOf({ remedy }: Kind, record: InventoryRecord): readonly Filled[] {
  return remedySteps.flatMap((step): readonly Filled[] => {
    const templates = remedy?.[step];
    if (templates === undefined) return [];
    const tries = (typeof templates === 'string' ? [templates] : templates).map((template) => filled(template, record));
    const done = tries.find(({ missing }) => missing.length === 0);
    if (done) return [{ step, command: done.command }];
    return [{ step, missing: tries.at(-1)?.missing ?? [] }];
  });
}

function filled(template: string, record: InventoryRecord): { readonly command: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const command = template.replaceAll(placeholder, (whole, field: string, at: string | undefined) => {
    const value = valueOf(record, field);
    const part = at === undefined ? value : value?.split('/').at(Number(at));
    if (part !== undefined && isFit(part)) return quoted(part);
    missing.push(whole);
    return whole;
  });
  return { command, missing };
}

/** A dash in front would be an option, and what cannot be printed cannot be checked by whoever runs it. */
function isFit(value: string): boolean {
  return value !== '' && !value.startsWith('-') && printable(value) === value;
}

/** Names are chosen by anybody: all but the plainest text stands in single quotes, in which nothing has a meaning. */
function quoted(value: string): string {
  return /^[\w.:/@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function valueOf(record: InventoryRecord, field: string): string | undefined {
  const [base, inner = ''] = field.split('.');
  if (base === 'scope') return scopePart(record.scope, inner);
  if (base === 'details') return Object.hasOwn(record.details, inner) ? record.details[inner] : undefined;
  if (base === 'identity') return record.record === 'identity' ? record.id : (record.identity ?? undefined);
  if (base === 'permission') return record.record === 'grant' ? (record.permission ?? undefined) : undefined;
  if (base === 'id') return record.id;
  return base === 'name' ? record.name : undefined;
}

/** `account/111122223333/eu-west-1` has an account and a region, `repository/acme/shop/environment/live` a repository and an environment. */
function scopePart(scope: string, part: string): string | undefined {
  const steps = scope.split('/');
  if (part === 'region') return steps[0] === 'account' ? steps[2] : undefined;
  const at = steps.indexOf(part);
  if (at === -1) return undefined;
  return part === 'repository' ? steps.slice(at + 1, at + 3).join('/') : steps[at + 1];
}
