import { criticalActions, decidedBy } from './escalations.ts';
import { type Json, statementsOf, texts } from './policy-document.ts';
import { covers } from './wildcard.ts';

/** A statement of an identity's policy, as far as it decides how far the identity reaches. */
export type Statement = {
  readonly allows: boolean;
  /** Patterns in lower case; `inverted`: all actions but these. */
  readonly actions: readonly string[];
  readonly inverted: boolean;
  /** Whether it binds always and for every resource, so that it can stand for all that is left. */
  readonly total: boolean;
  /** Those of the critical actions that it reaches for every resource of their type. */
  readonly critical: ReadonlySet<string>;
  /** For people: the policy and in whose hands it is; then with its actions and resources. */
  readonly by: string;
  readonly text: string;
};

const critical = criticalActions.map((action) => [action, action.toLowerCase()] as const);

/** `by` names the policy, and in whose hands it is. Throws MalformedError for what is no policy. */
export function parseStatements(document: string, by: string): readonly Statement[] {
  return statementsOf(document, by).map((statement) => toStatement(statement, by));
}

function toStatement(statement: Json, by: string): Statement {
  const inverted = 'NotAction' in statement;
  const written = texts(statement[inverted ? 'NotAction' : 'Action'], by);
  const actions = written.map((action) => action.toLowerCase());
  const allows = statement['Effect'] === 'Allow';
  const resources = texts(statement['Resource'], by);
  const isConditional = 'Condition' in statement;
  // What is denied under a condition, or for some resources, may still be done otherwise: it takes nothing away here.
  const total = !isConditional && resources.includes('*');
  const reaches = (action: string): boolean =>
    allows ? 'NotResource' in statement || resources.some((resource) => isEveryOne(resource, decidedBy[action])) : total;
  return {
    allows,
    actions,
    inverted,
    total,
    critical: new Set(critical.flatMap(([action, lower]) => (actsOn(actions, inverted, lower) && reaches(action) ? [action] : []))),
    by,
    text: shortened(`${by}: ${sentence({ allows, inverted, written, isConditional }, resources)}`),
  };
}

function actsOn(actions: readonly string[], inverted: boolean, action: string): boolean {
  return actions.some((pattern) => covers(pattern, action)) !== inverted;
}

/** Every resource, or every one of a type or account: `arn:aws:iam::*:role/*`. A pattern within names is not. */
function isEveryOne(resource: string, decisive: string | undefined): boolean {
  const match = /^(?:\*|arn:(?:[^:]*:){0,3}\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:([\w-]+)[:/])?\*+)$/.exec(resource);
  return match !== null && (decisive === undefined || match[1] === undefined || match[1] === decisive);
}

type Written = {
  readonly allows: boolean;
  readonly inverted: boolean;
  readonly written: readonly string[];
  readonly isConditional: boolean;
};

function sentence({ allows, inverted, written, isConditional }: Written, resources: readonly string[]): string {
  const actions = `${allows ? '' : 'no '}${inverted ? 'all but ' : ''}${several(written)}`;
  return `${actions} on ${resources.length === 0 ? 'all but some' : several(resources)}${isConditional ? ', under conditions' : ''}`;
}

function several(values: readonly string[]): string {
  const [first = 'nothing', ...rest] = values;
  return rest.length === 0 ? first : `${first} and ${String(rest.length)} more`;
}

export function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
