import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { OperatorError } from '../../model/operator-error.ts';
import { ResultSchema } from '../../model/result-schema.ts';
import { type Result, resultVersion } from '../../model/result.ts';
import type { Host } from '../host.ts';
import { readText } from '../read-text.ts';

/** A result that was saved as JSON. Throws OperatorError `result-invalid` for anything else. */
export async function readResult(path: string, host: Host): Promise<Result> {
  const { file, text } = await readText(path, host.cwd, 'the result');
  const ajv = new Ajv({ allowUnionTypes: true, discriminator: true });
  formats.default(ajv);
  const isResult = ajv.compile<Result>(ResultSchema);
  const value = parsed(file, text);
  if (isResult(value)) return value;
  const [first] = isResult.errors ?? [];
  throw invalid(file, `this is not a result: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(file, `this is not JSON: ${error.message.slice(0, 120)}`);
    throw error;
  }
}

function invalid(file: string, message: string): OperatorError {
  return new OperatorError('result-invalid', {
    message,
    hint: `give a file written by scan or evaluate with -f json; this version reads results of version ${String(resultVersion)}`,
    position: { file },
  });
}
