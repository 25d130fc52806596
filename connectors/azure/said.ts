import { MalformedError } from '../../src/connector/refusal.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { classify } from './refusal.ts';

/**
 * What a client of the SDK says. Where an answer is not in the shape that it expects, it stumbles with a plain error of any sort: under it
 * runs nothing of ours whose errors have no name, so that is the provider's malformed answer.
 */
export async function said<T>(whose: 'Key Vault' | 'Resource Graph', ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof OperatorError || classify(error) !== undefined) throw error;
    throw new MalformedError(`an answer that the client of ${whose} cannot read`, { cause: error });
  }
}
