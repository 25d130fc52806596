import { numericId } from './field.ts';

/** '' at github.com, else the host: the same number is another account on another server. */
export function instanceOf(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  return host === 'api.github.com' ? '' : host;
}

/** The number of a user, which outlives a rename; with its server where that is not github.com. Throws MalformedError. */
export function accountId(instance: string, id: unknown, field: string): string {
  return placed(instance, numericId(id, field));
}

/** An id with its server, where that is not github.com. */
export function placed(instance: string, id: string): string {
  return instance === '' ? id : `${instance}/${id}`;
}
