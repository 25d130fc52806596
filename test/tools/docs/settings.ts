import { code } from './markdown.ts';

type Schema = {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Rows of a settings schema, nested names with dots: `app.id`, `accounts[].role`. */
export function settingRows(schema: object, prefix = ''): readonly (readonly string[])[] {
  return Object.entries((schema as Schema).properties ?? {}).flatMap(([name, each]) => {
    const path = `${prefix}${name}`;
    const nested = each.properties ? settingRows(each, `${path}.`) : each.items?.properties ? settingRows(each.items, `${path}[].`) : [];
    return [[code(path), typeOf(each), each.description ?? ''], ...nested];
  });
}

function typeOf({ type, enum: values, items, anyOf }: Schema): string {
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (values) return values.map((value) => code(String(value))).join(', ');
  if (type === 'array') return `list of ${items ? typeOf(items) : 'anything'}`;
  return Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : 'any';
}
