import type { Threshold } from '../../../policy/origins.ts';
import type { LoadedPolicies } from '../../../policy/load.ts';
import { lineOf } from '../../../policy/layer.ts';
import type { Row } from './section.ts';

/** What a policy asks, with which value, and where that value was set; then the values that its expressions name. */
export function thresholdRows(id: string, { policies, origins, parameters }: LoadedPolicies): readonly Row[] {
  const named = policies.find((policy) => policy.id === id)?.parameters ?? {};
  return [
    ...(origins.get(id)?.thresholds ?? []).map(argumentRow),
    ...parameters
      .filter(({ name }) => Object.hasOwn(named, name))
      .map(({ name, value, position }): Row => [`params.${name}`, `${inWords(value)}, set at ${lineOf(position)}`]),
  ];
}

function argumentRow({ path, value, parameter, setAt }: Threshold): Row {
  return [path, `${inWords(value)}${parameter === undefined ? '' : ` ($${parameter})`}, set at ${setAt}`];
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
