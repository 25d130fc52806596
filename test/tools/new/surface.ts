import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { camelCase, pascalCase, type Template, words } from './template.ts';

export const surface: Template = {
  example: 'aws.iam_ssh_key',
  name: /^[a-z][a-z0-9]*\.[a-z0-9]+(?:_[a-z0-9]+)*$/,
  async start(name, root) {
    const [connector = '', place = ''] = name.split('.');
    const session = await sessionOf(connector, root);
    return {
      files: { [`connectors/${connector}/${place.replaceAll('_', '-')}.ts`]: surfaceFile({ id: name, connector, place, ...session }) },
      next: [
        'write the source, the traits and the operations from the provider’s own page',
        `write \`pages\`: the calls, with the connector’s client; and the fields of Raw${pascalCase(place)}, one by one`,
        `add ${camelCase(place)} to \`surfaces\` in connectors/${connector}/index.ts, and its calls to operationOf`,
        `record or write fixtures/company/traffic/${connector}/*.json with two pages, and a malformed item in fixtures/faults/${connector}.json`,
        'run the tests: the contract of connectors writes golden records, which you then review',
        'npm run docs',
      ],
    };
  },
};

type Session = { readonly session: string; readonly scope: string; readonly level: string };
type SurfaceName = Session & { readonly id: string; readonly connector: string; readonly place: string };

/** The type of session, its level, and how it names its scope, as the connector that is there has them. */
async function sessionOf(connector: string, root: string): Promise<Session> {
  const text = await readFile(join(root, `connectors/${connector}/session.ts`), 'utf8');
  const session = /export type (\w*Session)\b/.exec(text)?.[1] ?? 'Session';
  const level = /level: '([a-z]+)'/.exec(text)?.[1] ?? 'account';
  if (/readonly scope: string/.test(text)) return { session, level, scope: 'session.scope' };
  const inner = new RegExp(`readonly ${level}: \\{\\s*readonly (\\w+)`).exec(text)?.[1];
  return { session, level, scope: `\`${level}/\${session.${level}${inner === undefined ? '' : `.${inner}`}}\`` };
}

function surfaceFile(name: SurfaceName): string {
  const { id, place } = name;
  const kind = `${camelCase(place)}Kind`;
  const raw = `Raw${pascalCase(place)}`;
  return `import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { ${name.session} } from './session.ts';

// https://example.com/the-page-that-describes-one-item

export const ${kind} = defineKind({
  id: '${id}',
  title: '${words(place)}',
  record: 'credential',
  proves: 'What holding it lets you do, in one sentence.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['the list no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** What is read of an item, and nothing else of it. */
type ${raw} = { readonly id?: string; readonly name?: string; readonly owner?: string; readonly createdAt?: string };

const listing = '${id}:List';
${declaration(name, kind, raw)}
function pages(_session: ${name.session}, _signal: AbortSignal): AsyncIterable<readonly ${raw}[]> {
  throw new Error('${id} asks nothing yet');
}
`;
}

function declaration({ id, connector, place, session, scope, level }: SurfaceName, kind: string, raw: string): string {
  return `
export const ${camelCase(place)}: Surface<${session}> = defineSurface<${session}, ${raw}>({
  id: '${id}',
  title: '${words(place)}s',
  source: 'https://example.com/the-page-that-describes-the-call',
  level: '${level}',
  kinds: [{ kind: ${kind}, facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', lastUsedAt: 'not-offered' } }],
  operations: [{ call: listing, permission: listing }],

  async *list(session, look) {
    yield* pages(session, look.signal);
  },

  normalize(item, { session, observedAt }) {
    const created = time(item.createdAt);
    return [
      credential({
        id: required(item.id, 'id'),
        kind: ${kind}.id,
        provider: '${connector}',
        scope: ${scope},
        name: required(item.name, 'name'),
        identity: absent(),
        status: 'active',
        managedBy: 'customer',
        createdAt: created,
        rotatedAt: created,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [{ operation: listing, observedAt, fields: ['createdAt', 'rotatedAt'] }],
        details: {},
      }),
    ];
  },
});
`;
}
