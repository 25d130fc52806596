import type { InventoryRecord } from './inventory.ts';
import type { Kind } from './kind.ts';
import { printable } from './printable.ts';
import type { Status } from './record.ts';
import { type RemedyStep, remedySteps } from './remedy.ts';
import { shellWord } from './shell-word.ts';

export const placeholder = /\{([a-z]+(?:\.[A-Za-z]+)?)(?:\/(-?\d+))?\}/g;

/** A command ready for the shell, or the placeholders that the record has nothing fit for. */
export type Filled =
  | { readonly step: RemedyStep; readonly command: string }
  | { readonly step: RemedyStep; readonly missing: readonly string[] };

/** Steps that a record of this status has behind it: what is disabled needs no disabling, and what is deleted is no longer there to be found. */
const behind: Readonly<Record<Status, readonly RemedyStep[]>> = {
  active: [],
  unknown: [],
  expired: [],
  inactive: ['disable'],
  quarantined: ['disable'],
  'pending-deletion': remedySteps,
  'deleted-recoverable': remedySteps,
};

export function remediesOf({ remedy }: Kind, record: InventoryRecord): readonly Filled[] {
  return remedySteps.flatMap((step): readonly Filled[] => {
    const templates = remedy?.[step];
    if (templates === undefined || behind[record.status].includes(step)) return [];
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
    if (part !== undefined && isFit(part)) return shellWord(part);
    missing.push(whole);
    return whole;
  });
  return { command, missing };
}

/** A dash in front would be an option, and what cannot be printed cannot be checked by whoever runs it. */
function isFit(value: string): boolean {
  return value !== '' && !value.startsWith('-') && printable(value) === value;
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
