const reference = { type: 'string', pattern: '^\\$[a-z][A-Za-z0-9]*$', description: 'A parameter of the set.' } as const;

/** The same schema, with a `$parameter` allowed in place of every value inside a map or a list. */
export function referable(schema: object, isValue = false): object {
  if (Array.isArray(schema)) return schema.map((item: unknown) => (isSchema(item) ? referable(item) : item));
  if ('$ref' in schema) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => [keyword, isSchema(value) ? inside(keyword, value) : value]),
  );
  return isValue && inner['type'] !== 'object' ? { anyOf: [inner, reference] } : inner;
}

function inside(keyword: string, value: object): object {
  if (keyword === 'properties')
    return Object.fromEntries(Object.entries(value).map(([name, each]: [string, object]) => [name, referable(each, true)]));
  if (keyword === 'items' || keyword === 'additionalProperties') return referable(value, true);
  return keyword === 'anyOf' ? referable(value) : value;
}

function isSchema(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
