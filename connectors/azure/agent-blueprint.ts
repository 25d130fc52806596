import type { Json } from './json.ts';

/** Blueprints of agents come with the other applications, and have a surface of their own for all but their credentials. */
export function isBlueprint(application: Json): boolean {
  return application['@odata.type'] === '#microsoft.graph.agentIdentityBlueprint';
}
