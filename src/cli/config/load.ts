import { dirname, resolve } from 'node:path';
import type { Connector } from '../../connector/contract.ts';
import { type YamlDocument, parseDocuments } from '../../document/parse.ts';
import { checked } from '../../document/validate.ts';
import { OperatorError } from '../../model/operator-error.ts';
import type { Host } from '../host.ts';
import type { Config, FoundConfig } from './config.ts';
import { discoverConfig } from './discover.ts';
import { configSchema } from './schema.ts';

export type ConfigChoice = {
  /** A path, false for none at all, undefined to look for one. */
  readonly config?: string | false;
  /** `aws.regions=[eu-west-1]`: settings of a connector for this run. */
  readonly set?: readonly string[];
};

/** The configuration of this run: the file, if any, with `--set` over it. */
export async function loadConfig(
  { config: path, set = [] }: ConfigChoice,
  host: Host,
  connectors: readonly Connector[],
): Promise<FoundConfig> {
  const schema = configSchema(connectors);
  const file = path === false ? undefined : (path ?? (await discoverConfig(host)));
  const found = file === undefined ? nowhere(host) : await readConfig(file, host, schema);
  if (set.length === 0) return found;
  const overrides = set.map((text) => readOverride(text, schema));
  return { ...found, config: overrides.reduce(overlay, found.config) };
}

function nowhere({ cwd }: Host): FoundConfig {
  return { config: {}, file: undefined, folder: cwd, position: () => ({ file: 'no configuration' }) };
}

async function readConfig(path: string, host: Host, schema: object): Promise<FoundConfig> {
  const { file, text } = await host.files.read(path, host.cwd, 'the configuration');
  const [document, second] = parseDocuments(file, text);
  if (!document || second)
    throw new OperatorError('config-invalid', {
      message: 'a configuration is one document, and here a second one begins',
      hint: 'take out the line `---` before it, or the document',
      position: second?.position([]) ?? { file },
    });
  const { position } = document;
  return { config: checked<Config>(document, schema), file, folder: dirname(resolve(host.cwd, path)), position };
}

function readOverride(text: string, schema: object): Config {
  const [, path, value] = /^([\w.-]+?\.[\w.-]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new OperatorError('usage', {
      message: `--set ${text} is not of the form <connector>.<setting>=<value>`,
      hint: 'such as --set aws.regions=[eu-west-1]',
    });
  }
  const keys = path.split('.');
  const [parsed] = value === '' ? [] : parseDocuments('--set', value);
  const settings = keys.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), parsed?.value ?? '');
  const whole: YamlDocument = {
    file: '--set',
    value: { apiVersion: 'overdue/v1', kind: 'Config', connectors: settings },
    position: () => ({ file: `--set ${text}` }),
  };
  return checked<Config>(whole, schema);
}

function overlay(config: Config, { connectors = {} }: Config): Config {
  const merged = Object.entries(connectors).map(([id, settings]) => [id, { ...config.connectors?.[id], ...settings }] as const);
  return { ...config, connectors: { ...config.connectors, ...Object.fromEntries(merged) } };
}
