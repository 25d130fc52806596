import { type ASTNode, EvaluationError, type ParseResult, ParseError, type TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { RE2JSException } from 're2js';
import type { Subject } from '../../model/subject.ts';
import type { Missing } from '../../model/verdict.ts';
import type { Parameters } from '../parameters.ts';
import { environmentFor, parameterValues } from './environment.ts';
import type { RecordName } from './fields.ts';
import { hintFor, inWords } from './hint.ts';
import { linearMatches, patternProblem } from './linear-matches.ts';
import { views } from './subject-view.ts';
import { UnknownFact } from './unknown-fact.ts';
import { nodesOf } from './walk.ts';

/** What is wrong with an expression; `offset` and `length` count characters of its text. */
export type CelMistake = { readonly message: string; readonly hint?: string; readonly offset: number; readonly length: number };

/** A condition on a subject: true, false, or what is missing to tell. */
export type Condition = (subject: Subject, now: number) => boolean | readonly Missing[];

/** The condition that an expression states. It must have been found without mistakes: see `mistakesInExpression`. */
export function conditionOf(expression: string, record: RecordName, parameters: Parameters): Condition {
  const program = parsed(expression, record, parameters);
  program.check();
  const params = parameterValues(parameters);
  const View = views[record];
  return (subject, now) => {
    const view = new View(subject, now);
    try {
      return program({ subject: view, params, now: new Date(now) }) === true;
    } catch (error) {
      if (error instanceof UnknownFact) return view.missing;
      return [{ fact: 'cel', why: 'not-offered', detail: `the expression has no answer: ${whyNoAnswer(error)}` }];
    }
  };
}

/** All that a program can throw beside what is unknown: a key that is not there, an absent value where one is compared, a pattern that is none. */
function whyNoAnswer(error: unknown): string {
  if (error instanceof EvaluationError) {
    return error.code === 'optional_value_missing' ? 'a value that is absent was compared; ask for it with `!= null` first' : error.summary;
  }
  if (error instanceof RE2JSException) return error.message;
  throw error;
}

/** Everything that is wrong with an expression, found without evaluating it; at most one mistake of its types at a time. */
export function mistakesInExpression(expression: string, record: RecordName, parameters: Parameters): readonly CelMistake[] {
  let program: ParseResult;
  try {
    program = parsed(expression, record, parameters);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return [mistakeOf(error, expression, record, parameters)];
  }
  const { error, type } = program.check();
  if (error) return [mistakeOf(error, expression, record, parameters)];
  if (type !== 'bool') return [{ message: `must be a condition, not a ${inWords(type ?? 'value')}`, offset: 0, length: expression.length }];
  return nodesOf(program.ast).flatMap((node) => [...testsOfPresence(node), ...patterns(node)]);
}

function parsed(expression: string, record: RecordName, parameters: Parameters): ParseResult {
  const program = environmentFor(record, parameters).parse(expression);
  for (const node of nodesOf(program.ast)) {
    if (node.op === 'rcall' && node.args[0] === 'matches') node.args[0] = linearMatches;
  }
  return program;
}

function mistakeOf(error: ParseError | CelTypeError, expression: string, record: RecordName, parameters: Parameters): CelMistake {
  const { start = 0, end = expression.length } = error.range ?? {};
  const hint = hintFor(error, record, parameters);
  return {
    message: inWords(error.summary),
    ...(hint === undefined ? {} : { hint }),
    offset: Math.min(start, Math.max(0, expression.length - 1)),
    length: Math.max(1, end - start),
  };
}

/** Every field is there, whatever is known of it: the question would always be answered with yes. */
function testsOfPresence(node: ASTNode): readonly CelMistake[] {
  if (node.op !== 'call' || node.args[0] !== 'has') return [];
  return [{ message: '`has` says nothing of a fact', hint: 'ask `!= null`', offset: node.start, length: node.end - node.start }];
}

function patterns(node: ASTNode): readonly CelMistake[] {
  if (node.op !== 'rcall' || node.args[0] !== linearMatches) return [];
  const [pattern] = node.args[2];
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return [];
  const problem = patternProblem(pattern.args);
  if (problem === undefined) return [];
  return [{ message: problem, hint: 'patterns are those of RE2', offset: pattern.start, length: pattern.end - pattern.start }];
}
