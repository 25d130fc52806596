import { joinKey } from './join-key.ts';

export type EntityRef = { readonly kind: string; readonly namespace: string; readonly name: string };

/**
 * Reads `[kind:][namespace/]name`. Undefined for anything else. References do not mind case; one without a namespace stays in that of its entity.
 * https://backstage.io/docs/features/software-catalog/references
 */
export function entityRef(text: string, defaultKind: string, defaultNamespace = 'default'): EntityRef | undefined {
  const match = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/.exec(joinKey(text));
  const name = match?.[3];
  if (name === undefined) return undefined;
  return { kind: match?.[1] ?? joinKey(defaultKind), namespace: match?.[2] ?? joinKey(defaultNamespace), name };
}

/** `component:default/checkout`. */
export function refText({ kind, namespace, name }: EntityRef): string {
  return `${kind}:${namespace}/${name}`;
}
