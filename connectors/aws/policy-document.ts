import { MalformedError } from '../../src/connector/refusal.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html

export type Json = Readonly<Record<string, unknown>>;

/** The statements of a policy as IAM sends it. Throws MalformedError, which names the policy as `what`. */
export function statementsOf(document: string, what: string): readonly Json[] {
  return asList(documentOf(document, what)['Statement']).map((statement) => {
    if (!isObject(statement)) throw new MalformedError(`${what} with a statement that is none`);
    return statement;
  });
}

/** IAM sends it URL-encoded; emulators and some tools do not. */
function documentOf(document: string, what: string): Json {
  for (const decode of [(text: string) => text, decodeURIComponent]) {
    try {
      const value: unknown = JSON.parse(decode(document));
      if (isObject(value)) return value;
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof URIError)) throw error;
    }
  }
  throw new MalformedError(`${what} that is not JSON`);
}

/** A policy may write one value where it could write several. */
export function texts(value: unknown, what: string): readonly string[] {
  return asList(value).map((each) => {
    if (typeof each === 'string' || typeof each === 'boolean' || typeof each === 'number') return String(each);
    throw new MalformedError(`${what} with a value that is no text`);
  });
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
