import { connectors } from '../../../connectors/index.ts';
import { configSchema } from '../../../src/cli/config/schema.ts';
import { InventoryLineSchema } from '../../../src/model/inventory.ts';
import { ResultSchema } from '../../../src/model/result-schema.ts';
import { FrameworkSchema } from '../../../src/policy/frameworks/schema.ts';
import { PolicyFileSchema } from '../../../src/policy/schema.ts';
import { RegistrySchema } from '../../../src/sources/workloads/yaml-schema.ts';
import { waiverFileSchema } from '../../../src/waivers/schema.ts';
import type { Pages } from './pages.ts';

/** The published JSON Schemas (draft-07), from the constants that the program itself checks with. */
export async function schemaFiles(): Promise<Pages> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const schemas: Readonly<Record<string, object>> = {
    config: configSchema(all),
    framework: FrameworkSchema,
    inventory: InventoryLineSchema,
    policy: PolicyFileSchema,
    result: ResultSchema,
    waivers: waiverFileSchema,
    workloads: RegistrySchema,
  };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`]),
  );
}
