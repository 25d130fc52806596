import { FrameworkSchema } from '../../policy/frameworks/schema.ts';
import { PolicyFileSchema } from '../../policy/schema.ts';
import { waiverFileSchema } from '../../waivers/schema.ts';
import type { Host } from '../host.ts';

const schemas = { policy: PolicyFileSchema, framework: FrameworkSchema, waivers: waiverFileSchema } as const;
export type SchemaName = keyof typeof schemas;

/** The published draft-07 schema, for editors. */
export async function runPolicySchema(name: SchemaName, host: Host): Promise<number> {
  await host.stdout.write(`${JSON.stringify(schemas[name], undefined, 2)}\n`);
  return 0;
}
