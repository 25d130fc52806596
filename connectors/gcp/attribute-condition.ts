import { entryOf } from './answer.ts';

// https://cloud.google.com/iam/docs/workload-identity-federation#conditions

/** Values that a claim must have, by the claim's name in the token: `repository`, `sub`. A value may end in `*`. */
export type Demands = ReadonlyMap<string, readonly string[]>;

const claim = String.raw`((?:assertion|attribute|google)(?:\.[\w]+|\[['"][^'"\]]+['"]\]))`;
const text = String.raw`(?:'([^'\\]*)'|"([^"\\]*)")`;
const forms = {
  equals: new RegExp(`^${claim}\\s*==\\s*${text}$`),
  reversed: new RegExp(`^${text}\\s*==\\s*${claim}$`),
  starts: new RegExp(`^${claim}\\.startsWith\\(\\s*${text}\\s*\\)$`),
  member: new RegExp(`^${claim}\\s+in\\s+\\[(.*)\\]$`, 's'),
  excludes: new RegExp(`^${claim}\\s*!=\\s*${text}$`),
} as const;

/**
 * What a CEL condition certainly demands: its terms joined by `&&` that compare one claim with texts. Every other term can only narrow,
 * and is left to the reader of the whole condition; a term is never read as wider than it is.
 */
export function demandsOf(condition: string | undefined, mapping: Readonly<Record<string, string>>): Demands {
  const demands = new Map<string, readonly string[]>();
  for (const term of termsOf(condition)) {
    const read = demandOf(term);
    const name = read === undefined ? undefined : claimBehind(read.claim, mapping);
    if (read !== undefined && name !== undefined && !demands.has(name)) demands.set(name, read.values);
  }
  return demands;
}

/** Whether a term may narrow in a way that is not read here. One that only excludes lets in whoever is not named, and narrows nothing. */
export function hasOtherDemand(condition: string | undefined, mapping: Readonly<Record<string, string>>): boolean {
  return termsOf(condition).some((term) => {
    if (term === '' || term === 'true' || term.startsWith('!') || forms.excludes.test(term)) return false;
    const read = demandOf(term);
    return read === undefined || claimBehind(read.claim, mapping) === undefined;
  });
}

function termsOf(condition: string | undefined): readonly string[] {
  return condition === undefined ? [] : split(condition, '&&');
}

type Demand = { readonly claim: string; readonly values: readonly string[] };

/** Alternatives count where all of them are about the same claim. */
function demandOf(term: string): Demand | undefined {
  const alternatives = split(term, '||').map(comparison);
  const [first] = alternatives;
  if (first === undefined) return undefined;
  const values: string[] = [];
  for (const each of alternatives) {
    if (each?.claim !== first.claim) return undefined;
    values.push(...each.values);
  }
  return { claim: first.claim, values };
}

function comparison(text: string): Demand | undefined {
  const equals = forms.equals.exec(text);
  if (equals) return { claim: equals[1] ?? '', values: [equals[2] ?? equals[3] ?? ''] };
  const reversed = forms.reversed.exec(text);
  if (reversed) return { claim: reversed[3] ?? '', values: [reversed[1] ?? reversed[2] ?? ''] };
  const starts = forms.starts.exec(text);
  if (starts) return { claim: starts[1] ?? '', values: [`${starts[2] ?? starts[3] ?? ''}*`] };
  const member = forms.member.exec(text);
  const values = member === null ? [] : split(member[2] ?? '', ',').map((each) => /^(?:'([^'\\]*)'|"([^"\\]*)")$/.exec(each));
  if (member === null || values.length === 0 || values.includes(null)) return undefined;
  return { claim: member[1] ?? '', values: values.map((each) => each?.[1] ?? each?.[2] ?? '') };
}

/** The claim of the token that a Google attribute is mapped from; undefined where the mapping computes it. */
export function claimBehind(name: string, mapping: Readonly<Record<string, string>>): string | undefined {
  const plain = name.replace(/\[['"](.+)['"]\]$/, '.$1');
  const source = plain.startsWith('assertion.') ? plain : entryOf(mapping, plain);
  return /^assertion(?:\.|\[['"])([\w-]+)(?:['"]\])?$/.exec(source ?? '')?.[1];
}

/** Splits outside of quotes and brackets, and takes away the brackets around a whole part. */
function split(expression: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let index = 0; index < expression.length; index += 1) {
    const character = expression[index] ?? '';
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && expression.startsWith(separator, index)) {
      parts.push(expression.slice(from, index));
      from = index + separator.length;
      index = from - 1;
    }
  }
  return [...parts, expression.slice(from)].map(bare);
}

function bare(part: string): string {
  const trimmed = part.trim();
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) return trimmed;
  let depth = 0;
  for (let index = 0; index < trimmed.length; index += 1) {
    const character = trimmed[index];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0 && index < trimmed.length - 1) return trimmed;
  }
  return bare(trimmed.slice(1, -1));
}
