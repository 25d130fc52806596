import { camelCase, pascalCase, type Template } from './template.ts';

export const connector: Template = {
  example: 'vault',
  name: /^[a-z][a-z0-9]*$/,
  async start(name) {
    const folder = `connectors/${name}`;
    return {
      files: {
        [`${folder}/index.ts`]: indexFile(name),
        [`${folder}/settings.ts`]: settingsFile(name),
        [`${folder}/session.ts`]: sessionFile(name),
        [`${folder}/refusal.ts`]: refusalFile(name),
        [`fixtures/faults/${name}.json`]: faultsFile(),
      },
      next: [
        `npm run new -- surface ${name}.<place>`,
        `add \`${name}: async () => (await import('./${name}/index.ts')).${camelCase(name)},\` to connectors/index.ts`,
        'write session.ts: how it logs in, which places it looks at, its budget; load an SDK with await import() in there only',
        'write refusal.ts: what the provider says when it is denied, throttled, switched off',
        `record fixtures/company/traffic/${name} and write the provider's own refusals into fixtures/faults/${name}.json`,
      ],
    };
  },
};

function indexFile(name: string): string {
  return `import type { BlindSpot, Connector } from '../../src/connector/contract.ts';
import { classify } from './refusal.ts';
import { type Session, connect } from './session.ts';
import { type Settings, environment, settingsSchema } from './settings.ts';

/** What no call of this provider can show, whatever the permissions. */
const blindSpots: readonly BlindSpot[] = [];

export const ${camelCase(name)}: Connector<Session, Settings> = {
  id: '${name}',
  title: '${pascalCase(name)}',
  settings: settingsSchema,
  environment,
  surfaces: [],
  blindSpots,
  permissionDocument: (permissions) => \`\${permissions.join('\\n')}\\n\`,
  connect,
  classify,
  operationOf: ({ method, url }) => \`\${method} \${new URL(url).pathname}\`,
};
`;
}

function settingsFile(name: string): string {
  return `import type { Connector } from '../../src/connector/contract.ts';

/** \`connectors.${name}\` in \`overdue.yaml\`. */
export const settingsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  required: ['address'],
  properties: {
    address: { type: 'string', pattern: '^https://', description: 'Where its API is.' },
  },
} as const;

export type Settings = { readonly address: string };

export const environment: Connector['environment'] = [{ name: '${name.toUpperCase()}_TOKEN', meaning: 'token to log in with' }];
`;
}

function sessionFile(name: string): string {
  const variable = `${name.toUpperCase()}_TOKEN`;
  return `import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import type { Budget } from '../../src/connector/pace.ts';
import { fetchOver } from '../../src/connector/wire.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import type { Settings } from './settings.ts';

/** One address that is looked at. */
export type Session = {
  readonly scope: string;
  readonly address: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
};

const budget: Budget = { concurrency: 4 };

export async function* connect({ address }: Settings, context: ConnectContext): AsyncIterable<Place<Session>> {
  const token = context.replaying ? 'replayed' : context.env['${variable}'];
  if (token === undefined || token === '') {
    throw new OperatorError('login-missing', { message: 'no login for ${name}', hint: 'set ${variable}' });
  }
  const scope = \`server/\${new URL(address).host}\`;
  yield { level: 'server', scope, open: async () => ({ scope, address, token, fetch: fetchOver(context.wire(budget)) }) };
}
`;
}

function refusalFile(name: string): string {
  return `import { type Refusal, causes, classifyCommon } from '../../src/connector/refusal.ts';

/** The answer of a call that was refused. Throw it wherever a status is not the one that was hoped for. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number, words: string) {
    super(\`${name} answered \${String(status)}: \${words.slice(0, 200)}\`);
    this.status = status;
  }
}

/** Names what ${name}, or the network before it, refused. */
export function classify(error: unknown): Refusal | undefined {
  for (const each of causes(error)) {
    if (each instanceof RefusedError) return refused(each);
  }
  return classifyCommon(error);
}

function refused({ status, message }: RefusedError): Refusal {
  if (status === 401) return { why: 'login-failed', detail: message };
  if (status === 403) return { why: 'permission-denied', detail: message };
  if (status === 404) return { why: 'not-enabled', detail: message };
  if (status === 429) return { why: 'throttled', detail: message };
  return { why: status >= 500 ? 'unreachable' : 'malformed-response', detail: message };
}
`;
}

function faultsFile(): string {
  const headers = { 'content-type': 'application/json' };
  const faults = {
    settings: { address: 'https://api.example' },
    denied: { status: 403, headers, body: { error: 'forbidden' } },
    throttled: { status: 429, headers: { ...headers, 'retry-after': '1' }, body: { error: 'too many requests' } },
    malformedItem: [],
  };
  return `${JSON.stringify(faults, undefined, 2)}\n`;
}
